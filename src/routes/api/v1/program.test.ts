import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appCode, giveApp, later } from '#domains/people/factor/app.fixture.ts';
import { ask } from '#domains/people/people.fixture.ts';
import { createToken, tokensOf } from '#domains/people/token.ts';
import { sql } from '#platform/sql.ts';
import { operations } from '#registry.ts';
import { type Answer, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, scene } from '#tests/traces.ts';

stage();

const scopes = [...new Set(Object.values(operations).map(({ scope }) => scope))];
const keyOf = async (name: CastName, some: string[] = scopes) =>
	createToken(
		{ ...(await as(name)), secondFactor: true, factorAt: new Date() },
		{ name: 'Agenda', scopes: some, days: '30' },
		scopes,
	);

type Call = (method: string, path: string, body?: unknown, more?: Record<string, string>) => Promise<Answer>;
/** A program that holds this key, and no cookie. */
const program = async (key: string): Promise<Call> => {
	const { send } = await browser('visitor');
	return (method, path, body, more = {}) =>
		send(method, `/api/v1${path}`, body, { authorization: `Bearer ${key}`, ...more });
};
const json = ({ html }: Answer) => JSON.parse(html);
const problem = (answer: Answer) => [answer.status, json(answer).title];

beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from people.token`));

describe('a key', () => {
	test('says whose it is, without any cookie', async () => {
		const call = await program(await keyOf('odile'));
		expect(json(await call('GET', '/me'))).toMatchObject({ id: idOf('odile'), name: 'Odile Fabrègat' });
	});

	test('made up, of another shape, or of nobody, is nobody’s', async () => {
		const good = await keyOf('odile');
		for (const key of [
			'coopol_'.padEnd(50, 'A'),
			good.slice(0, -1),
			`${good}A`,
			good.toLowerCase(),
			'x'.repeat(300),
		])
			expect(problem(await (await program(key))('GET', '/me'))).toEqual([401, 'SignIn']);
	});

	test('opens no page: what a program holds is not a way into the site', async () => {
		const key = await keyOf('odile');
		const who = await browser('visitor');
		for (const path of ['/compte', '/compte/securite', '/fil', '/avis'])
			expect((await who.get(path, { authorization: `Bearer ${key}` })).to).toMatch(/^\/connexion/);
		who.cookies.set('coopol', key);
		expect((await who.get('/fil')).to).toBe('/connexion?next=%2Ffil');
	});

	test('taken back, over, or its person suspended, gone or not confirmed any more: refused at the next request', async () => {
		const call = await program(await keyOf('odile'));
		const status = async () => (await call('GET', '/me')).status;
		const [token] = await tokensOf(await as('odile'));
		const undone = async (wrong: ReturnType<typeof sql>, right: ReturnType<typeof sql>) => {
			await scene(wrong);
			const seen = await status();
			await scene(right);
			return seen;
		};
		const person = sql`update people.person set`;
		const one = sql`where id = ${idOf('odile')}`;
		expect(await status()).toBe(200);
		expect([
			await undone(
				sql`update people.token set expires_at = now()`,
				sql`update people.token set expires_at = now() + interval '1 day'`,
			),
			await undone(
				sql`insert into people.suspension (id, person_id) values (${idOf('a pause')}, ${idOf('odile')})`,
				sql`delete from people.suspension where id = ${idOf('a pause')}`,
			),
			await undone(sql`${person} left_at = now() ${one}`, sql`${person} left_at = null ${one}`),
			await undone(sql`${person} confirmed_at = null ${one}`, sql`${person} confirmed_at = now() ${one}`),
		]).toEqual([401, 404, 404, 401]);
		expect(await status()).toBe(200);
		const odile = await browser('odile');
		await odile.post('/compte/jetons?/revoke', { id: token!.id });
		expect(await status()).toBe(401);
	});

	test('without its right, a verb does not exist for it, whatever other rights it has', async () => {
		const body = { text: 'x', audience: 'network', reason: '', person: idOf('mathis') };
		const opened: string[] = [];
		const knock = async (call: Call, name: string) => {
			const [method, path] = name.replace('/api/v1', '').replace('[id]', idOf('villebrume')).split(' ');
			const { status } = await call(method!, path!, method === 'GET' ? undefined : body);
			if (status !== 404) opened.push(`${status} ${name}`);
		};
		for (const scope of scopes) {
			const call = await program(
				await keyOf(
					'odile',
					scopes.filter((one) => one !== scope),
				),
			);
			const needing = Object.keys(operations).filter((name) => operations[name]!.scope === scope);
			for (const name of needing) await knock(call, name);
			// A person holds so many keys at most: this one is given back before the next.
			await scene(sql`delete from people.token`);
		}
		expect(opened).toEqual([]);
	});

	test('is not what a browser has: with a cookie alone, another site makes nobody write', async () => {
		const odile = await browser('odile');
		expect((await odile.send('GET', '/api/v1/me')).status).toBe(200);
		for (const [method, path, body] of [
			['PUT', '/api/v1/me/status', { text: 'Volé' }],
			['POST', '/api/v1/posts', { text: 'Volé', audience: 'network' }],
			['POST', '/api/v1/friends/requests', { person: idOf('mathis') }],
		] as const)
			expect(problem(await odile.send(method, path, body))).toEqual([401, 'SignIn']);
		expect(
			await ask(sql`select status_text as value from people.person where id = ${idOf('odile')}::uuid`),
		).toBeNull();
	});

	test('that writes without stopping is told to wait, and others are not', async () => {
		const odile = await program(await keyOf('odile'));
		const statuses: number[] = [];
		for (let n = 0; n < 41; n++) statuses.push((await odile('PUT', '/me/status', { text: `${n}` })).status);
		expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([40, 429]);
		const refused = await odile('PUT', '/me/status', { text: 'x' });
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
		expect((await odile('GET', '/me')).status).toBe(200);
		expect((await (await program(await keyOf('mathis')))('PUT', '/me/status', { text: 'x' })).status).toBe(
			200,
		);
	});

	test('cannot send what is no JSON, nor the same name twice, nor a field of the wrong kind', async () => {
		const key = await keyOf('odile');
		const { send } = await browser('visitor');
		const status = async (body: unknown) =>
			(await send('PUT', '/api/v1/me/status', body, { authorization: `Bearer ${key}` })).status;
		for (const body of [
			[],
			'texte',
			12,
			{ text: 12 },
			{ text: ['a'] },
			{ text: 'x', hours: 5 },
			{ text: 'x'.repeat(121) },
		])
			expect([body, await status(body)]).toEqual([body, 422]);
		expect(await status({ text: 'au marché', hours: 4 })).toBe(200);
	});
});

describe('Yamina’s program decides who leads Castelmauve', () => {
	let secret: string;
	const path = (id: string) => `/claims/${id}/decide`;
	const grant = { answer: 'grant', decision: 'Bienvenue' };
	const claimed = async () => {
		await scene(
			sql`delete from territory.claim`,
			sql`delete from territory.term where unit_id = ${idOf('castelmauve')}`,
		);
		const noemie = await program(await keyOf('noemie'));
		return json(
			await noemie('POST', `/units/${idOf('castelmauve')}/claim`, { reason: 'Je connais tout le monde.' }),
		).id as string;
	};
	const leads = () =>
		ask<string | null>(
			sql`select max(person_id::text) as value from territory.term where unit_id = ${idOf('castelmauve')}`,
		);
	const withCode = (code: string) => ({ 'second-factor': code });

	beforeAll(async () => {
		secret = await giveApp('yamina');
	});
	beforeEach(() => later('yamina'));

	test('with a code of her app in the header, and the journal has it under her name', async () => {
		const id = await claimed();
		const yamina = await program(await keyOf('yamina', ['units:write']));
		const done = await yamina('POST', path(id), grant, withCode(appCode(secret)));
		expect([done.status, json(done), await leads()]).toEqual([200, { done: true }, idOf('noemie')]);
		expect((await journal('territory.claim_grant')).at(-1)).toMatchObject({
			actor: idOf('yamina'),
			subject: idOf('noemie'),
			reason: 'Bienvenue',
		});
	});

	test('not without a code: her key alone is not her office', async () => {
		const id = await claimed();
		const yamina = await program(await keyOf('yamina'));
		expect(problem(await yamina('POST', path(id), grant))).toEqual([403, 'SecondFactor']);
		expect(await leads()).toBeNull();
	});

	test('not with a wrong code, nor an old one, nor the same one twice', async () => {
		const id = await claimed();
		const yamina = await program(await keyOf('yamina'));
		const code = appCode(secret);
		for (const wrong of ['000000', appCode(secret, Date.now() - 3_600_000), 'abcdef', '1'.repeat(60)]) {
			const answer = await yamina('POST', path(id), grant, withCode(wrong));
			expect([answer.status, json(answer).errors[0].code]).toEqual([422, 'people.app_code_wrong']);
		}
		expect((await yamina('GET', '/me', undefined, withCode(code))).status).toBe(200);
		expect((await yamina('POST', path(id), grant, withCode(code))).status).toBe(422);
		expect(await leads()).toBeNull();
	});

	test('not by guessing: after ten tries the right code is not even looked at', async () => {
		const id = await claimed();
		const yamina = await program(await keyOf('yamina'));
		for (let n = 0; n < 10; n++) await yamina('POST', path(id), grant, withCode(`00000${n}`));
		const late = await yamina('POST', path(id), grant, withCode(appCode(secret)));
		expect([late.status, await leads()]).toEqual([429, null]);
	});

	test('not for two requests: the next one is without factor again', async () => {
		const id = await claimed();
		const yamina = await program(await keyOf('yamina'));
		expect((await yamina('GET', '/powers', undefined, withCode(appCode(secret)))).status).toBe(200);
		expect((await yamina('POST', path(id), grant)).status).toBe(403);
		expect(await leads()).toBeNull();
	});

	test('not with the right to read only, and not where her office does not reach', async () => {
		const id = await claimed();
		const reader = await program(await keyOf('yamina', ['units:read']));
		expect((await reader('POST', path(id), grant, withCode(appCode(secret)))).status).toBe(404);
		const driss = await giveApp('driss');
		const elsewhere = await program(await keyOf('driss'));
		expect((await elsewhere('POST', path(id), grant, withCode(appCode(driss)))).status).toBe(404);
		expect(await leads()).toBeNull();
	});

	test('her office over, the code opens nothing more', async () => {
		const id = await claimed();
		const yamina = await program(await keyOf('yamina'));
		await scene(sql`update territory.term set ends_at = now() where id = ${idOf('yamina term')}`);
		const late = await yamina('POST', path(id), grant, withCode(appCode(secret)));
		await scene(sql`update territory.term set ends_at = null where id = ${idOf('yamina term')}`);
		expect([late.status, await leads()]).toEqual([404, null]);
	});

	test('a code beside a cookie changes nothing: a browser gives its factor on its own page', async () => {
		const yamina = await browser('yamina', { factor: false });
		const tried = await yamina.get('/responsabilites/acces', withCode(appCode(secret)));
		expect(tried.to).toBe('/compte/verification?next=%2Fresponsabilites%2Facces');
	});

	test('two decide at once: one answer counts, the other is told', async () => {
		const id = await claimed();
		const sabrina = await giveApp('sabrina');
		const [above, higher] = [await program(await keyOf('yamina')), await program(await keyOf('sabrina'))];
		const answers = await Promise.all([
			above('POST', path(id), grant, withCode(appCode(secret))),
			higher('POST', path(id), { answer: 'refuse', decision: 'Trop tôt' }, withCode(appCode(sabrina))),
		]);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
	});
});

test('what the API refuses is said in the language of the person whose key it is', async () => {
	const refused = async (language: string) => {
		await scene(sql`update people.person set language = ${language} where id = ${idOf('odile')}`);
		const call = await program(await keyOf('odile'));
		return json(await call('PUT', '/me/status', { text: 'x'.repeat(121) })).errors[0].message as string;
	};
	const [french, english] = [await refused('fr'), await refused('en')];
	await scene(sql`update people.person set language = 'fr' where id = ${idOf('odile')}`);
	expect([french.includes('120'), english.includes('120'), french === english]).toEqual([true, true, false]);
});
