import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyHouse } from '#domains/admin/admin.fixture.ts';
import {
	at,
	founder,
	identity,
	levels as inTwoTongues,
	key,
	manner,
} from '#domains/admin/founding.fixture.ts';
import { knownDevice } from '#domains/people/whence.ts';
import { putUnits } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

const levels = { ...inTwoTongues, 'en_one[]': ['', '', '', '', ''] };
let who: Browser;

beforeEach(async () => {
	vi.stubEnv('COOPOL_SETUP_TOKEN', key);
	await emptyHouse();
	who = await browser('visitor');
});
afterEach(() => vi.unstubAllEnvs());

const see = (path: string) => {
	forgetSettings();
	return who.get(path);
};
const post = (action: string, fields: Record<string, string | string[]>) => {
	forgetSettings();
	return who.post(`${at}?/${action}`, fields);
};

/** Founded where no mail leaves, with the second factor given. */
async function foundHere(changes: Partial<typeof levels> = {}, words = manner) {
	vi.stubEnv('COOPOL_SMTP', '');
	await see(`${at}?jeton=${key}`);
	await post('name', identity);
	await post('levels', { ...levels, ...changes });
	await post('words', words);
	const last = await see(`${at}?etape=personne`);
	await post('found', founder);
	await scene(sql`update people.session set factor_at = now()`);
	return last;
}

test('the browser in which a house was founded is known to its founder’s account', async () => {
	await foundHere();
	const pass = who.cookies.get('device') ?? null;
	const from = { ip: '10.0.0.7', device: '', language: 'fr', pass } as const;
	expect(knownDevice(founder.email, from)).not.toBeNull();
	expect(knownDevice('quelqu-un@maison.example', from)).toBeNull();
});

test('who founds reads where to start on the first page, in order, until there are places and people', async () => {
	expect((await foundHere()).main).not.toContain('un code par e‑mail');
	expect((await see('/fil')).main).toContain('La maison est fondée, et encore vide');
	const order = async () => {
		const [, card = ''] = (await see('/administration')).html.split('id="ouvrir"');
		return [...card.split('</ul>')[0]!.matchAll(/<b>([^<]*)<\/b>|(Fait)/g)].map(
			([, name, done]) => name ?? done,
		);
	};
	const steps = ['Poser le territoire', 'Faire venir la structure', 'Faire venir les gens'];
	expect(await order()).toEqual(steps);
	await scene(sql`insert into territory.zone (id, kind, code, name, folded_name)
		values (gen_random_uuid(), 'commune', '59350', 'Lille', 'lille')`);
	expect(await order()).toEqual([steps[0], 'Fait', ...steps.slice(1)]);
	await scene(
		sql`insert into people.person (id, name, folded_name) values (gen_random_uuid(), 'Rémi', 'remi')`,
	);
	await asSystem('test', (tx) =>
		putUnits(tx, [{ code: 'U', name: 'Union du Nord', kind: 'federation', parent: 'N' }]),
	);
	expect(await order()).toEqual([]);
	expect((await see('/fil')).main).not.toContain('encore vide');
});

test('who founds without a second factor reads on the first page that it comes first, and where', async () => {
	await foundHere();
	await scene(sql`update people.session set factor_at = null`);
	const home = await see('/fil');
	expect(home.main).toContain('Pour la remplir, il faut d’abord votre second facteur. Continuer');
	expect(home.main).not.toContain('Voir par où commencer');
	expect(home.html).toContain('href="/compte/verification?next=/administration"');
	await scene(
		sql`insert into people.person (id, name, folded_name) values (gen_random_uuid(), 'Rémi', 'remi')`,
	);
	expect((await see('/fil')).main).not.toContain('il faut d’abord votre second facteur');
});

test('the last steps speak as was chosen: tu, then vous once it is said', async () => {
	vi.stubEnv('COOPOL_SMTP', '');
	await see(`${at}?jeton=${key}`);
	await post('name', identity);
	await post('levels', levels);
	expect((await see(`${at}?etape=personne`)).main).not.toContain('second facteur');
	await post('words', manner);
	const asked = (await see(`${at}?etape=personne`)).main;
	expect(asked).toContain('Ensuite : votre second facteur.');
	expect(asked).not.toMatch(/\b(ton|ta|tes|tu|toi)\b/i);
	await post('words', { ...manner, address: 'tu' });
	expect((await see(`${at}?etape=personne`)).main).toContain('Ensuite : ton second facteur.');
});

test('the name of the closest level is the word for where one belongs; the usual one changes nothing', async () => {
	await foundHere();
	const bar = (await see('/fil')).text;
	expect(bar).toContain('Votre syndicat');
	expect(bar).not.toMatch(/section/i);
	await emptyHouse();
	who = await browser('visitor');
	await foundHere({ 'one[]': ['pays', 'section', '', '', ''] }, { ...manner, base: 'coopol' });
	const kept = await asSystem('test', (tx) =>
		tx.one<{ value: object }>(sql`select value from platform.setting where key = 'organisation'`),
	);
	expect(kept!.value).toMatchObject({ base: 'coopol', lexicon: {} });
});
