/** What the codes of an account say to its person; see `Privacy.said`. */
export const said = {
	'people.person.language': 'privacy.is_',
	'people.person.text_size': 'people.size_',
	'people.person.colour_mode': 'people.mode_',
	'people.person.rhythm': 'people.rhythm_',
	'people.membership.type': null,
	'people.membership.ended_why': 'privacy.is_',
	'people.recovery.outcome': 'privacy.is_',
};
