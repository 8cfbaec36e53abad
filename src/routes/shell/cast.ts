import { type CastName, cast, idOf } from '#tests/party.ts';

/** The ten one can be in the demonstration, and what each is there to show. */
const shown: CastName[] = [
	'odile',
	'mathis',
	'samuel',
	'yamina',
	'leontine',
	'bertrand',
	'paulo',
	'gerard',
	'thibaud',
];

export const demoCast = shown.map((key) => ({ key, id: idOf(key), name: cast[key].name }));
