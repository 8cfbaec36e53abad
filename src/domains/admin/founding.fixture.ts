/** What the console showed, and what somebody answers to the first pages: a union of three levels. */
export const key = 'console-key-console-key-0001';
export const at = '/premiers-pas';
export const founder = { name: 'Bérengère Ouastel', email: 'berengere@maison.example' };
export const identity = { name: 'Syndicat du Val', colour: '#7a1fa2', language: 'fr' };
export const manner = { base: 'union', address: 'vous', inclusive: 'doublets' };
export const levels = {
	'one[]': ['confédération', 'union', 'syndicat', '', ''],
	'many[]': ['', '', '', '', ''],
	'gender[]': ['f', 'f', 'm', 'f', 'f'],
	'en_one[]': ['confederation', '', '', '', ''],
	'en_many[]': ['', '', '', '', ''],
};
