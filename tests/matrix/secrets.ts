import { type CastName, cast } from '#tests/party.ts';
import { answeredReaders, askedReaders, eventReaders, linkReaders } from './expected/events.ts';
import { organisers, readersOfUnit } from './expected/events-door.ts';
import { readers } from './expected/feed.ts';
import { byLink } from './expected/group-more.ts';
import { groupsSeen, topJudges, wordsRead } from './expected/groups.ts';
import { ideaReaders } from './expected/ideas.ts';
import { onTheGround } from './expected/map.ts';
import { missionReaders, ofSection } from './expected/missions.ts';
import { petitionLeads, petitionReaders } from './expected/petitions.ts';
import { type EventState, eventStates } from './things-events.ts';
import { postStates } from './things-feed.ts';
import { groupStates } from './things-groups.ts';
import { type MissionState, missionStates } from './things-missions.ts';
import { fieldAudiences } from './things-people.ts';
import { acting, any, both, type Crowd, crowd, type Guise, over, without } from './who.ts';

/** A text planted in one place, and who may find it anywhere: on a page, in an answer, in a refusal. */
export interface Secret {
	in: Crowd;
	/** Whom the database itself would still give it to, were every rule of ours to say yes. Absent: it keeps no watch here. */
	rows?: Crowd;
	/** Route → who may read it there besides. */
	opened?: Record<string, Crowd>;
}

const odile = any('odile');
const names = Object.keys(cast) as CastName[];
const own = (some: Crowd): Secret => ({ in: some, rows: some });
const present = (some: Crowd) => some.filter((guise) => crowd.network.includes(guise));

const section = (name: CastName): Crowd =>
	cast[name].unit === 'villebrume'
		? over.villebrume.contact
		: cast[name].unit === 'pontsarvan'
			? over.portbrumel.contact
			: acting('yamina', 'sabrina');
const register = (name: CastName): Crowd =>
	cast[name].unit === 'villebrume'
		? over.villebrume.see
		: cast[name].unit === 'pontsarvan'
			? over.portbrumel.see
			: over.valdorsande.see;
const friendsOf = (name: CastName) => (name === 'odile' ? any('ines') : crowd.nobody);

function ofPersons(): [string, Secret][] {
	return names.flatMap((name): [string, Secret][] => [
		[
			`${name}@rive.example`,
			{
				in: any(name),
				rows: both(any(name), section(name)),
				opened: {
					'POST /personnes/[id=id]?open': both(section(name), friendsOf(name)),
					'POST /api/v1/people/[id]/openings': both(section(name), friendsOf(name)),
				},
			},
		],
		[`A-${name}`, { in: any(name), rows: both(any(name), register(name)) }],
		[`canary-device-${name}`, own(any(name))],
		[`canary-token-${name}`, own(any(name))],
	]);
}

/** Whoever has the secret address of Odile's calendar reads it: that is what it is for. */
const byAddress = { 'GET /calendrier/[token]': crowd.everybody };

/** Said to a unit or by invitation: the database keeps them too. */
const keptEvents: EventState[] = ['unit', 'invited', 'cancelled'];
const keptMissions: MissionState[] = ['official', 'own', 'begun', 'cancelled'];

/** Titles are said to who sees the event; questions and links to fewer; who comes without account to nobody. */
const ofEvents = (): Record<string, Secret> => ({
	...Object.fromEntries(
		eventStates.map((state) => [
			`canary-event-${state}`,
			{
				in: eventReaders[state],
				opened: eventReaders[state].includes('odile') ? byAddress : {},
				...(keptEvents.includes(state) && { rows: eventReaders[state] }),
			},
		]),
	),
	'canary-link': { in: linkReaders, opened: byAddress },
	'canary-shift': { in: present(eventReaders.unit) },
	'canary-question-open': own(askedReaders),
	'canary-question-answered': { in: answeredReaders },
	// The address is the house's alone; the name, who organises reads at one door.
	'canary-visitor': {
		...{ in: crowd.nobody, rows: organisers },
		opened: { 'GET /api/v1/events/[id]/visitors': organisers },
	},
	// Whoever holds the link of a mail reads what the mail said.
	'canary-told': { ...own(crowd.nobody), opened: { 'GET /e/[id=id]/ma-place': crowd.everybody } },
});

const fieldCrowds: Record<(typeof fieldAudiences)[number], Crowd> = {
	me: odile,
	friends: any('odile', 'ines'),
	unit: crowd.villebrume,
	members: crowd.members,
	network: crowd.network,
};
const judges = over.villebrume.moderate;

/** Every text planted on the stage. */
export const secrets: Record<string, Secret> = {
	...Object.fromEntries(ofPersons()),
	...Object.fromEntries(postStates.map((state) => [`canary-post-${state}`, { in: readers[state] }])),
	...Object.fromEntries(
		(['villebrume', 'public', 'friends', 'removed'] as const).map((state) => [
			`canary-file-${state}`,
			{ in: readers[state] },
		]),
	),
	...Object.fromEntries(
		fieldAudiences.map((to) => [
			`canary-field-${to}`,
			{ in: without(fieldCrowds[to], 'lucien'), rows: fieldCrowds[to] },
		]),
	),
	'canary-comment-public': { in: present(readers.public) },
	'canary-comment-network': { in: present(readers.network) },
	'canary-comment-villebrume': { in: present(readers.villebrume) },
	'canary-comment-removed': { in: crowd.nobody },
	'canary-comment-on-removed': { in: odile },
	'canary-closed-text': { in: over.valdorsande.create },
	'canary-members-text': { in: both(crowd.villebrume, over.villebrume.see, over.villebrume.edit) },
	'canary-journal-villebrume': { in: acting('bertrand') },
	'canary-journal-pontsarvan': { in: acting('bertrand', 'tidiane') },
	'canary-draft': own(odile),
	'canary-unsent': own(odile),
	'canary-device-sealed': { in: crowd.nobody, rows: odile },
	'canary-passkey': own(odile),
	'canary-consent': own(odile),
	'canary-recovery-told': { in: over.villebrume.contact, rows: both(odile, over.villebrume.contact) },
	'canary-greeting': { in: odile },
	'canary-request-note': own(any('odile', 'mathis')),
	'canary-withdrawn-note': { in: any('lucien'), rows: any('ines', 'lucien') },
	'canary-claim-reason': {
		in: both(any('noemie'), over.castelmauve.claims),
		rows: both(any('noemie'), over.castelmauve.claims, over.castelmauve.appoint),
	},
	'canary-handover-samuel': own(both(any('samuel', 'odile'), over.villebrume.appoint)),
	'canary-handover-fanny': own(both(any('fanny', 'tidiane'), over.portbrumel.appoint)),
	'canary-report-note': own(both(any('ines'), judges)),
	'canary-decision-note': own(both(odile, judges)),
	'canary-judged-words': own(both(odile, judges)),
	'canary-appeal': own(both(odile, without(judges, 'paulo'))),
	'canary-import-cell': own(acting('yamina')),
	'canary-import-file': own(acting('yamina')),
	'canary-import-left': own(acting('yamina', 'sabrina', 'bertrand')),
	'canary-map-file': { in: acting('yamina', 'sabrina', 'bertrand', 'driss') },
	'canary-proposed': own(acting('samuel', 'yamina', 'sabrina', 'bertrand')),
	'canary-station': { in: onTheGround },
	'canary-tally': { in: onTheGround },
	'canary-message-pair': own(any('odile', 'samuel')),
	'canary-message-several': own(any('odile', 'mathis')),
	'canary-message-request': own(any('odile', 'fanny')),
	// Refused: the database would still give it to who refused, who may change their mind.
	'canary-message-refused': { in: odile, rows: any('odile', 'noemie') },
	'canary-message-file': { in: any('odile', 'samuel') },
	'canary-letter': own(acting('samuel')),
	'canary-exhibit': own(both(odile, judges)),
	...Object.fromEntries(
		missionStates.map((state) => [
			`canary-mission-${state}`,
			{ in: missionReaders[state], ...(keptMissions.includes(state) && { rows: ofSection }) },
		]),
	),
	...Object.fromEntries(
		groupStates.flatMap((state) =>
			['group', 'purpose', 'rules'].map((what) => [
				`canary-${what}-${state}`,
				state === 'secret' ? own(groupsSeen.secret) : { in: groupsSeen[state] },
			]),
		),
	),
	// Whoever holds the link of a group reads what it is.
	...Object.fromEntries(
		['group', 'purpose', 'rules'].map((what) => [
			`canary-${what}-closed`,
			{ in: groupsSeen.closed, opened: { 'GET /rejoindre/[code]': byLink } },
		]),
	),
	'canary-planned-secret': { in: any('odile', 'mathis') },
	'canary-document': { in: any('odile', 'mathis') },
	...Object.fromEntries(
		(['open', 'closed', 'secret', 'reported'] as const).map((state) => [
			`canary-word-${state}`,
			{ in: wordsRead[state] },
		]),
	),
	'canary-ask-note': own(any('odile', 'samuel')),
	'canary-exclusion': own(any('odile', 'gerard')),
	'canary-brings-aloud': { in: without(crowd.network, 'lucien') },
	'canary-brings-silent': own(any('mathis')),
	'canary-brings-merged': own(crowd.nobody),
	...Object.fromEntries(
		['proposal-waiting', 'proposal-answered', 'why-waiting', 'why-answered', 'reply-answered'].map((what) => [
			`canary-${what}`,
			own(both(odile, over.top.settings)),
		]),
	),
	'canary-report-post': own(both(any('mathis'), topJudges)),
	'canary-report-group': own(both(any('ines'), topJudges)),
	'canary-guest': own(over.villebrume.speak),
	'canary-helper': own(crowd.nobody),
	'canary-said': { ...own(crowd.nobody), opened: { 'GET /m/[id=id]/ma-place': crowd.everybody } },
	'canary-petition-own': {
		in: petitionReaders.own,
		// Whoever holds the link of a mail reads what it signs.
		opened: { 'GET /petitions/confirmer/[token]': any('lucien') },
	},
	'canary-petition-hidden': { in: petitionReaders.hidden },
	'canary-petition-closed': { in: petitionReaders.closed },
	'canary-signature': { in: petitionLeads, rows: both(petitionLeads, any('mathis')) },
	'canary-idea-own': { in: ideaReaders.own, rows: ofSection },
	'canary-idea-hidden': { in: ideaReaders.hidden, rows: ofSection },
	'canary-idea-closed': { in: ideaReaders.closed, rows: ofSection },
	'canary-selection': { in: over.villebrume.edit },
	'canary-webhook-active': own(over.top.settings),
	'canary-webhook-removed': own(over.top.settings),
	'canary-webhook-address': own(over.top.settings),
	'canary-webhook-body': own(over.top.settings),
	'canary-door-under': { in: readersOfUnit, opened: byAddress },
	'canary-door-later': { in: readersOfUnit, opened: byAddress },
	'canary-door-online': { in: both(odile, organisers), opened: byAddress },
	'canary-list-key': { in: crowd.nobody, rows: odile },
	'canary-mail-sealed': { in: crowd.nobody, rows: crowd.nobody },
	'canary-door-visitor': { in: organisers },
	'canary-report-published': { in: readersOfUnit },
	'canary-report-begun': { in: organisers },
	...ofEvents(),
};

const shape = /canary-[a-zA-Z]+(?:-[a-zA-Z]+)*|[a-z]+@rive\.example|\bA-[a-z]+\b/g;

/** Secrets that a text holds. */
export const foundIn = (text: string): string[] =>
	[...new Set(text.match(shape) ?? [])].filter((word) => word in secrets).toSorted();

const isOpened = (word: string, guise: Guise, route: string) =>
	secrets[word]!.opened?.[route]?.includes(guise) ?? false;

/** Secrets in a text that were not for this guise. */
export const outOfPlace = (found: string[], guise: Guise, route: string): string[] =>
	found.filter((word) => !secrets[word]!.in.includes(guise) && !isOpened(word, guise, route));

/** The same, when only the database still keeps watch: who holds somebody's secret address is them, for the database too. */
export const beyondRows = (found: string[], guise: Guise, route: string): string[] =>
	found.filter((word) => {
		const { rows } = secrets[word]!;
		return rows && !rows.includes(guise) && !isOpened(word, guise, route);
	});
