import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { meeting, refused, scene, told } from '#tests/traces.ts';
import { claim, decideClaim, letStand, withdrawClaim } from './claims.ts';
import { acceptHandover, cancelHandover, confirmHandover, proposeHandover } from './handover.ts';

stage();

const tables = ['territory.handover', 'territory.term', 'territory.claim'];
const term = idOf('samuel term');
beforeEach(() =>
	scene(
		sql`delete from territory.handover`,
		sql`delete from territory.claim`,
		sql`delete from territory.term where term.person_id = any (array[${idOf('odile')}, ${idOf('noemie')}, ${idOf('gerard')}]::uuid[]) and term.ends_at is null`,
		sql`update territory.term set ends_at = null, ended_by = null, provisional = false where term.id = ${term}`,
	),
);

describe('a handover, whoever does what and when', () => {
	const steps = { accept: acceptHandover, confirm: confirmHandover, cancel: cancelHandover };
	type Step = keyof typeof steps;
	const does = async (who: CastName, step: Step, handover: string, options = {}) =>
		steps[step](await as(who, options), { handover });
	/** A handover from Samuel to Odile, as it stands after these steps. */
	const after: Record<string, [CastName, Step][]> = {
		proposed: [],
		accepted: [['odile', 'accept']],
		confirmed: [
			['odile', 'accept'],
			['samuel', 'confirm'],
		],
		stopped: [['samuel', 'cancel']],
	};
	const at = async (state: string) => {
		const handover = await proposeHandover(await as('samuel'), { term, person: idOf('odile'), note: '' });
		for (const [who, step] of after[state]!) await does(who, step, handover);
		return handover;
	};
	const [done, stopped] = ['Conflict: territory.handover_done', 'Conflict: territory.handover_cancelled'];
	// From Samuel: accept, confirm, cancel. Then the same from Odile.
	const answers: Record<string, string[]> = {
		proposed: ['Forbidden', 'Conflict: territory.handover_not_accepted', 'done', 'done', 'Forbidden', 'done'],
		accepted: ['Forbidden', 'done', 'done', 'done', 'Forbidden', 'done'],
		// Samuel holds no office any more: what asks for one is closed to him.
		confirmed: ['Forbidden', 'Forbidden', done, done, 'Forbidden', done],
		stopped: ['Forbidden', stopped, stopped, stopped, 'Forbidden', stopped],
	};
	const gestures = (['samuel', 'odile'] as const).flatMap((who) =>
		(['accept', 'confirm', 'cancel'] as const).map((step) => [who, step] as const),
	);

	test.each(
		Object.entries(answers).flatMap(([state, list]) =>
			list.map((answer, n) => [state, ...gestures[n]!, answer] as const),
		),
	)('%s: %s would %s it: %s', async (state, who, step, answer) => {
		const handover = await at(state);
		const act = () => does(who, step, handover);
		expect(answer === 'done' ? await told(act()) : await refused(tables, act)).toBe(answer);
	});

	test.each(['proposed', 'accepted'])(
		'%s: who names officers reads it and has no step; others find nothing',
		async (state) => {
			const handover = await at(state);
			for (const step of Object.keys(steps) as Step[]) {
				expect(await refused(tables, () => does('yamina', step, handover))).toBe('Forbidden');
				for (const who of ['mathis', 'driss', 'gerard'] as const)
					expect(await refused(tables, () => does(who, step, handover))).toBe('NotFound');
			}
		},
	);

	test('without the second factor its giver confirms nothing, and may still stop it', async () => {
		const handover = await at('accepted');
		const bare = { factor: false };
		expect(await refused(tables, () => does('samuel', 'confirm', handover, bare))).toBe('Forbidden');
		expect(await told(does('samuel', 'cancel', handover, bare))).toBe('done');
	});

	test('accepted while it is stopped, it is stopped, and nobody has two offices', async () => {
		const handover = await at('proposed');
		await meeting(
			'territory.handover',
			() => told(does('odile', 'accept', handover)),
			() => told(does('samuel', 'cancel', handover)),
		);
		expect(await told(does('samuel', 'confirm', handover))).toBe(stopped);
		const holders = await asSystem('test', (tx) =>
			tx.many(sql`select 1 from territory.term join territory.office on office.id = term.office_id
				where term.unit_id = ${idOf('villebrume')} and office.leads and term.ends_at is null`),
		);
		expect(holders).toHaveLength(1);
	});

	test('once stopped, another may be proposed, and the first one’s yes is worth nothing', async () => {
		const first = await at('accepted');
		await does('samuel', 'cancel', first);
		const second = await proposeHandover(await as('samuel'), { term, person: idOf('gerard'), note: '' });
		expect(await refused(tables, () => does('odile', 'accept', second))).toBe('NotFound');
		expect(await refused(tables, () => does('samuel', 'confirm', second))).toBe(
			'Conflict: territory.handover_not_accepted',
		);
		expect(await refused(tables, () => does('samuel', 'confirm', first))).toBe(stopped);
	});

	test('each reads on the page the step that is theirs, and only that one', async () => {
		const steps = (html: string) =>
			[...html.matchAll(/action="[^"]*\?\/(accept|confirm|cancel)"/g)].map(([, step]) => step).toSorted();
		const page = async (who: CastName, handover: string) =>
			steps(
				(await (await browser(who)).get(`/unites/${idOf('villebrume')}/bureau/passation/${handover}`)).html,
			);
		const handover = await at('proposed');
		expect([await page('samuel', handover), await page('odile', handover)]).toEqual([
			['cancel'],
			['accept', 'cancel'],
		]);
		await does('odile', 'accept', handover);
		expect([await page('samuel', handover), await page('odile', handover)]).toEqual([
			['cancel', 'confirm'],
			['cancel'],
		]);
		expect(await page('yamina', handover)).toEqual([]);
		await does('samuel', 'confirm', handover);
		expect([await page('samuel', handover), await page('odile', handover)]).toEqual([[], []]);
	});
});

describe('an offer to lead, whoever answers and when', () => {
	const offer = async () => claim(await as('noemie'), { unit: idOf('castelmauve'), reason: '' });
	const gestures = {
		grant: async (who: CastName, id: string) =>
			decideClaim(await as(who), { claim: id, answer: 'grant', decision: '' }),
		refuse: async (who: CastName, id: string) =>
			decideClaim(await as(who), { claim: id, answer: 'refuse', decision: '' }),
		withdraw: async (who: CastName, id: string) => withdrawClaim(await as(who), { claim: id }),
	};
	type Gesture = keyof typeof gestures;
	const after: Record<string, (id: string) => Promise<unknown>> = {
		granted: (id) => gestures.grant('yamina', id),
		refused: (id) => gestures.refuse('yamina', id),
		'taken back': (id) => gestures.withdraw('noemie', id),
		'left to stand': (id) => asSystem('test', (tx) => letStand(tx, id)),
	};

	test.each<[CastName, Gesture, string]>([
		['noemie', 'grant', 'Forbidden'],
		['noemie', 'refuse', 'Forbidden'],
		['noemie', 'withdraw', 'done'],
		['yamina', 'grant', 'done'],
		['yamina', 'refuse', 'done'],
		['yamina', 'withdraw', 'Forbidden'],
		['leontine', 'grant', 'done'],
		['sabrina', 'refuse', 'done'],
		['bertrand', 'grant', 'NotFound'],
		['samuel', 'grant', 'NotFound'],
		['driss', 'refuse', 'NotFound'],
		['odile', 'withdraw', 'NotFound'],
	])('waiting: %s would %s it: %s', async (who, gesture, answer) => {
		const id = await offer();
		const act = () => gestures[gesture](who, id);
		expect(answer === 'done' ? await told(act()) : await refused(tables, act)).toBe(answer);
	});

	test.each(Object.keys(after))('%s: nobody answers it any more, nor takes it back', async (state) => {
		const id = await offer();
		await after[state]!(id);
		for (const gesture of ['grant', 'refuse'] as const)
			expect(await refused(tables, () => gestures[gesture]('yamina', id))).toBe(
				'Conflict: territory.claim_decided_already',
			);
		expect(await refused(tables, () => gestures.withdraw('noemie', id))).toBe(
			'Forbidden: territory.claim_decided_already',
		);
	});

	test.each(['refused', 'taken back'])(
		'%s: one may offer again, and the new offer is another one',
		async (state) => {
			const id = await offer();
			await after[state]!(id);
			expect(await offer()).not.toBe(id);
		},
	);

	test('granted while it stands by silence, one office is given, once', async () => {
		const id = await offer();
		const yamina = await as('yamina');
		await meeting<unknown>(
			'territory.claim',
			() => told(decideClaim(yamina, { claim: id, answer: 'grant', decision: '' })),
			() => asSystem('test', (tx) => letStand(tx, id)),
		);
		const given = await asSystem('test', (tx) =>
			tx.many(
				sql`select 1 from territory.term where term.person_id = ${idOf('noemie')} and term.ends_at is null`,
			),
		);
		expect(given).toHaveLength(1);
	});

	test('an offer is read by who made it and who may answer; a program of anybody else finds nothing', async () => {
		const id = await offer();
		const seen = async (who: CastName) =>
			(await (await browser(who)).get('/responsabilites')).html.includes(id);
		expect([await seen('yamina'), await seen('driss'), await seen('samuel')]).toEqual([true, false, false]);
	});
});
