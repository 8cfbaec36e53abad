import type { CastName } from '#tests/party.ts';

/** Sets of people, written by hand: what we expect, apart from any code that decides. */

/** How somebody comes: their name, and what is lesser in this session (`samuel-stale`). */
export type Guise = string;
export type Crowd = readonly Guise[];

const ways = ['', '-without-factor', '-stale', '-token'];
/** These people, however they come: what they are entitled to by belonging. */
export const any = (...names: CastName[]): Crowd => names.flatMap((name) => ways.map((way) => name + way));
/** These people when their office acts: a second factor was given in this session. */
export const acting = (...names: CastName[]): Crowd => names.flatMap((name) => [name, `${name}-stale`]);
export const both = (...crowds: Crowd[]): Crowd => [...new Set(crowds.flat())];
export const without = (crowd: Crowd, ...names: CastName[]): Crowd => {
	const gone = new Set(any(...names));
	return crowd.filter((guise) => !gone.has(guise));
};

export const visitors: Crowd = ['visitor', 'signed-out', 'forged'];
/** A token that was given no scope: on pages a visitor, on the API nobody. */
export const noScope: Crowd = ['no-scope'];
/** Members of the cast in good standing. */
export const members: CastName[] = [
	'odile',
	'samuel',
	'yamina',
	'leontine',
	'bertrand',
	'sabrina',
	'paulo',
	'gerard',
	'ines',
	'fanny',
	'driss',
	'noemie',
];
const sympathisers: CastName[] = ['mathis', 'lucien', 'tidiane'];
const barred: CastName[] = ['thibaud', 'josiane'];
/** Hold an office, or (Noémie) a power lent. Tidiane keeps settings, levels and gates of one section: of nothing. */
const officers: CastName[] = [
	'samuel',
	'yamina',
	'leontine',
	'bertrand',
	'sabrina',
	'paulo',
	'fanny',
	'driss',
	'noemie',
	'tidiane',
];

export const crowd = {
	nobody: [] as Crowd,
	/** Has a session of an account, whatever became of it. */
	account: any(...members, ...sympathisers, ...barred, 'awa'),
	network: any(...members, ...sympathisers),
	members: any(...members),
	sympathisers: any(...sympathisers),
	officers: acting(...officers),
	/** Belongs to the section; suspended, gone and pending people do not. */
	villebrume: any('odile', 'mathis', 'samuel', 'gerard', 'lucien'),
	montclairval: any('yamina', 'leontine', 'paulo', 'ines'),
	portbrumel: any('bertrand', 'sabrina', 'fanny', 'driss', 'tidiane'),
	castelmauve: any('noemie'),
	/** Belongs to Val-d'Orsande or below. */
	valdorsande: any(
		'odile',
		'mathis',
		'samuel',
		'gerard',
		'lucien',
		'yamina',
		'leontine',
		'paulo',
		'ines',
		'noemie',
	),
	everybody: both(visitors, noScope, any(...members, ...sympathisers, ...barred, 'awa')),
};

/** Powers on the section of Villebrume, by the office that gives them. */
export const over = {
	villebrume: {
		see: acting('samuel', 'yamina', 'leontine', 'sabrina'),
		contact: acting('samuel', 'yamina', 'sabrina'),
		welcome: acting('samuel', 'yamina', 'sabrina'),
		edit: acting('samuel', 'yamina', 'leontine', 'sabrina', 'bertrand'),
		speak: acting('samuel', 'yamina', 'leontine', 'sabrina'),
		moderate: acting('samuel', 'yamina', 'sabrina', 'paulo'),
		create: acting('yamina', 'sabrina', 'bertrand'),
		appoint: acting('yamina', 'sabrina', 'bertrand'),
	},
	valdorsande: {
		see: acting('yamina', 'leontine', 'sabrina'),
		moderate: acting('yamina', 'sabrina', 'paulo'),
		create: acting('yamina', 'sabrina', 'bertrand'),
		/** From above: one does not redraw, nor name to, the unit one answers for. */
		arrange: acting('sabrina', 'bertrand'),
	},
	castelmauve: {
		edit: acting('yamina', 'leontine', 'sabrina', 'bertrand', 'noemie'),
		claims: acting('yamina', 'leontine', 'sabrina'),
		appoint: acting('yamina', 'sabrina', 'bertrand'),
	},
	portbrumel: {
		see: acting('fanny', 'driss', 'sabrina'),
		contact: acting('fanny', 'driss', 'sabrina'),
		appoint: acting('driss', 'sabrina', 'bertrand'),
		moderate: acting('fanny', 'driss', 'sabrina', 'paulo'),
	},
	/** The whole organisation, kept by the web officer alone. */
	top: { settings: acting('bertrand') },
};

/** Who is let into an app, as the organisation left its gates. */
export const appCrowds: Record<string, Crowd> = {
	week: crowd.officers,
	responsibilities: crowd.officers,
	rights: crowd.officers,
	levels: acting('bertrand', 'tidiane'),
	gates: acting('bertrand', 'tidiane'),
	imports: acting('yamina', 'bertrand', 'sabrina', 'driss', 'samuel', 'fanny'),
	journal: acting('bertrand', 'tidiane'),
	map: crowd.members,
	/** Writes the page of some unit, Noémie by a power lent. */
	'map-rounds': acting('samuel', 'yamina', 'leontine', 'bertrand', 'sabrina', 'fanny', 'driss', 'noemie'),
	'map-files': acting('yamina', 'bertrand', 'sabrina', 'driss'),
	moderation: acting('samuel', 'yamina', 'sabrina', 'paulo', 'fanny', 'driss'),
};
