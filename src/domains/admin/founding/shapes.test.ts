import { beforeEach, describe, expect, test, vi } from 'vitest';
import { putUnits } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { told } from '#tests/traces.ts';
import { emptyHouse } from '../admin.fixture.ts';
import { keepIdentity, keepLevels, keepWords } from './draft.ts';
import { found } from './found.ts';

stage();
const key = 'console-key-console-key-0001';
const whence = { ip: '10.1.2.3', device: 'Firefox, Linux', pass: null, language: 'fr' } as const;

beforeEach(async () => {
	vi.stubEnv('COOPOL_SETUP_TOKEN', key);
	vi.stubEnv('COOPOL_SMTP', 'smtp://localhost:1');
	await emptyHouse();
});

const shapes: Record<string, string[]> = {
	two: ['réseau', 'groupe'],
	three: ['confédération', 'union', 'syndicat'],
	five: ['pays', 'région', 'département', 'canton', 'comité'],
};

/** An organisation with these levels, the widest first, and one unit of each below the top. */
async function laid(levels: string[]) {
	await keepIdentity(visitor, key, { name: 'Alliance du Val', colour: '#7a1fa2', language: 'fr' });
	await keepLevels(visitor, key, {
		one: levels,
		many: [],
		gender: levels.map(() => 'm' as const),
		en_one: [],
		en_many: [],
	});
	await keepWords(visitor, key, { base: 'association', address: 'tu', inclusive: 'epicene' });
	await found(visitor, key, { name: 'Bérengère Ouastel', email: 'berengere@maison.example' }, whence);
	const rows = await asSystem('test', (tx) =>
		tx.many<{
			key: string;
			name: string;
			depth: number;
			below: string[];
		}>(sql`select unit_kind.key, name #>> '{fr,one_m}' as name, depth,
			array(select child.name #>> '{fr,one_m}' from territory.unit_kind_child join territory.unit_kind as child on child.id = unit_kind_child.child_id
				where unit_kind_child.parent_id = unit_kind.id) as below from territory.unit_kind order by position`),
	);
	await asSystem('test', (tx) => tx.run(sql`update territory.unit set code = 'U0' where parent_id is null`));
	return rows;
}
const unit = (kind: string, code: string, parent: string) => ({ code, name: `Lieu ${code}`, kind, parent });
const put = (rows: ReturnType<typeof unit>[]) => told(asSystem('test', (tx) => putUnits(tx, rows)));

describe.each(Object.entries(shapes))('an organisation of %s levels', (_, levels) => {
	test('stands them one under the other, and nothing beside', async () => {
		const kinds = await laid(levels);
		expect(kinds.map(({ name, depth, below }) => [name, depth, below])).toEqual(
			levels.map((name, at) => [name, levels.length - 1 - at, levels.slice(at + 1, at + 2)]),
		);
	});

	test('takes a unit of each level under the one above, and refuses one that skips a level or stands upside down', async () => {
		const keys = (await laid(levels)).map((kind) => kind.key);
		expect(await put(keys.slice(1).map((kind, n) => unit(kind, `U${n + 1}`, `U${n}`)))).toBe('done');
		const bottom = keys.at(-1)!;
		expect(await put([unit(bottom, 'V1', `U${levels.length - 1}`)])).toMatch(/^Invalid/);
		expect(await put([unit(keys[0]!, 'V2', 'U1')])).toMatch(/^Invalid/);
		expect(await put([unit(bottom, 'V3', 'U0')])).toMatch(levels.length === 2 ? /^done$/ : /^Invalid/);
	});

	test('is read by a visitor in its own words, down to its last level, and in no word of another organisation', async () => {
		const keys = (await laid(levels)).map((kind) => kind.key);
		await put(keys.slice(1).map((kind, n) => unit(kind, `U${n + 1}`, `U${n}`)));
		const reader = await browser('visitor');
		for (let n = 1; n < levels.length; n++) {
			const { status, main } = await reader.get(`/sections/lieu-u${n}`);
			expect([n, status, main.includes(`Lieu U${n}`)]).toEqual([n, 200, true]);
			expect(main).not.toMatch(/(?<!\p{L})(?:fédération|section)s?(?!\p{L})/iu);
		}
	});
});
