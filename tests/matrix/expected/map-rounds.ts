import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import { over } from '../who.ts';
import { onTheGround } from './map.ts';

const rounds = '/carte/entre-deux-tours';
const entries = '/carte/saisie';
const answers = { in: over.villebrume.edit };
/** Whoever looks at that ground types; who answers for the section that opened it settles. */
const settles = {
	in: over.villebrume.edit,
	forbidden: onTheGround.filter((guise) => !over.villebrume.edit.includes(guise)),
};
const pair = { from: '2024_euro_t1', to: '2024_legi_t1' };
const count = { registered: '10', voters: '5', blank: '0', spoilt: '0', 'votes[]': ['5'] };

/** Between two rounds: what changed, the entry by station, the stations chosen. */
export function mapRounds(): Target[] {
	const unit = idOf('villebrume');
	return [
		at(`GET ${rounds}`, 'own ground', rounds),
		at(`GET ${rounds}`, 'a section', `${rounds}?ou=${unit}`, answers),
		at(`POST ${rounds}?open`, 'a town', rounds, {
			...answers,
			body: { unit, place: 'X01001', kind: 'legi', year: '2027', round: '1', lists: 'CANARY' },
		}),
		at(`POST ${rounds}?choose`, 'a station', rounds, {
			...answers,
			body: { unit, election: '2026_muni_t1', name: 'CANARY', 'station[]': ['X01001_0001'] },
		}),
		at(`GET ${rounds}/reports`, 'own ground', `${rounds}/reports`),
		at(`GET ${rounds}/reports`, 'a section', `${rounds}/reports?ou=${unit}`, answers),
		at(`POST ${rounds}/reports?compute`, 'a section', `${rounds}/reports`, {
			...answers,
			body: { unit, ...pair },
		}),
		...chosen(),
		...typed(),
		...forPrograms(),
		at('GET /unites/[id=id]', 'section with targets', `/unites/${unit}`, {
			finds: { 'canary-station': onTheGround },
			rules: ['electoral-map.target.see'],
		}),
	];
}

function chosen(): Target[] {
	const route = `${rounds}/cibles/[id=id]`;
	return ['draft', 'published'].flatMap((state) => {
		const path = `${rounds}/cibles/${idOf(`matrix selection ${state}`)}`;
		const about = `selection ${state}`;
		return [
			at(`GET ${route}`, about, path, answers),
			at(`GET ${route}/liste.csv`, about, `${path}/liste.csv`, answers),
			at(`POST ${route}?assign`, about, path, {
				...answers,
				busy: true,
				body: { 'station[]': ['X01001_0001'], 'section[]': [''] },
			}),
			at(`POST ${route}?publish`, about, path, { ...answers, body: {} }),
			at(`POST ${route}?withdraw`, about, path, { ...answers, body: {} }),
		];
	});
}

function typed(): Target[] {
	const route = `${entries}/[id=id]`;
	const path = `${entries}/${idOf('matrix map tally')}`;
	const sees = { in: onTheGround };
	return [
		at(`GET ${entries}`, 'own ground', entries),
		at(`GET ${route}`, 'entry open', path, sees),
		at(`GET ${route}/[key]`, 'station to type', `${path}/X01001_0001`, sees),
		at(`GET ${route}/[key]`, 'station that differs', `${path}/X01001_0002`, sees),
		at(`POST ${route}?turn`, 'entry open', path, { ...settles, body: { turn: 'close' } }),
		at(`POST ${route}/[key]?enter`, 'station to type', `${path}/X01001_0001`, { ...sees, body: count }),
		at(`POST ${route}/[key]?clear`, 'station that differs', `${path}/X01001_0002`, { ...settles, body: {} }),
	];
}

function forPrograms(): Target[] {
	const base = '/api/v1/map';
	const tally = idOf('matrix map tally');
	const unit = idOf('villebrume');
	const sees = { in: onTheGround };
	const typing = { registered: 10, voters: 5, blank: 0, spoilt: 0, votes: [5] };
	return [
		at(`GET ${base}/targets`, 'a section', `${base}/targets?unit=${unit}`, {
			finds: { 'canary-station': onTheGround },
		}),
		at(
			`GET ${base}/transfers`,
			'a section',
			`${base}/transfers?unit=${unit}&from=${pair.from}&to=${pair.to}`,
			answers,
		),
		at(`POST ${base}/transfers`, 'a section', `${base}/transfers`, { ...answers, body: { unit, ...pair } }),
		...chosenByProgram(unit),
		at(`GET ${base}/tallies`, 'own ground', `${base}/tallies`, { finds: { 'canary-tally': onTheGround } }),
		at(`GET ${base}/tallies/[id]`, 'entry open', `${base}/tallies/${tally}`, sees),
		at(
			`PUT ${base}/tallies/[id]/stations/[key]`,
			'station to type',
			`${base}/tallies/${tally}/stations/X01001_0001`,
			{ ...sees, body: typing },
		),
	];
}

function chosenByProgram(unit: string): Target[] {
	const base = '/api/v1/map';
	const tally = `${base}/tallies/${idOf('matrix map tally')}`;
	const one = `${base}/selections/${idOf('matrix selection draft')}`;
	const route = `${base}/selections/[id]`;
	return [
		at(`POST ${base}/tallies`, 'a town', `${base}/tallies`, {
			...answers,
			body: { unit, place: 'X01001', kind: 'legi', year: '2027', round: '1', lists: 'CANARY' },
		}),
		at(`PUT ${base}/tallies/[id]/turn`, 'entry open', `${tally}/turn`, {
			...settles,
			body: { turn: 'close' },
		}),
		at(
			`DELETE ${base}/tallies/[id]/stations/[key]`,
			'station that differs',
			`${tally}/stations/X01001_0002`,
			settles,
		),
		at(`GET ${base}/selections`, 'own', `${base}/selections`, {
			finds: { [idOf('matrix selection draft')]: answers.in },
		}),
		at(`POST ${base}/selections`, 'a station', `${base}/selections`, {
			...answers,
			body: { unit, election: '2026_muni_t1', name: 'CANARY', station: ['X01001_0001'] },
		}),
		at(`GET ${route}`, 'selection draft', one, answers),
		at(`PUT ${route}/units`, 'selection draft', `${one}/units`, {
			...answers,
			busy: true,
			body: { items: [{ key: 'X01001_0001', unit: null }] as never },
		}),
		at(`PUT ${route}/publication`, 'selection draft', `${one}/publication`, answers),
		at(`DELETE ${route}/publication`, 'selection draft', `${one}/publication`, answers),
	];
}
