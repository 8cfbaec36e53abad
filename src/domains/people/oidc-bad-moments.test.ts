import { beforeEach, describe, expect, test } from 'vitest';
import { recoveriesToDecide, viewerOfSession, vouchFor } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { forgetSettings, saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { codeOf } from './challenge.ts';
import { claimNumber, mergeByNumber } from './claim-number.ts';
import { giveApp } from './factor/app.fixture.ts';
import { choose, comeAs, enter, goAndReturn, oidcService, otherKey, reach, service } from './oidc.fixture.ts';
import { oidcLabel, startOidc } from './oidc.ts';
import { ask, askRecovery, stranger } from './people.fixture.ts';
import { proveLink } from './prove.ts';

stage();
oidcService();

const people = () => ask<number>(sql`select count(*)::int as value from people.person`);
const sessions = () => ask<number>(sql`select count(*)::int as value from people.session`);
const vouched = (sub: string, more: object = {}) => ({
	sub,
	email: `${sub}@service.example`,
	email_verified: true,
	name: 'Lison Arvault',
	...more,
});
/** What is read of somebody who comes as this identity. */
const end = async (...given: Parameters<typeof comeAs>) => {
	const returned = await comeAs(...given);
	return returned.kind === 'told' ? returned.say : returned.entered.kind;
};
/** The account that an identity opens. */
const opens = async (claims: object) => {
	const returned = await comeAs(claims as Record<string, unknown>);
	return returned.kind === 'entered' && returned.entered.kind === 'in' ? returned.entered.personId : null;
};
const linkTo = async (who: string, claims: Record<string, unknown>) => comeAs(claims, {}, await enter(who));

beforeEach(() =>
	scene(
		sql`delete from platform.bucket`,
		sql`delete from people.external_identity`,
		sql`delete from people.session`,
	),
);

describe('an identity that the service did not make for us, now, opens nothing', () => {
	const minute = 60;
	const now = Math.floor(Date.now() / 1000);
	test.each<[string, Record<string, unknown>, Parameters<typeof comeAs>[1]]>([
		['signed by another key', {}, { key: otherKey }],
		['not signed', {}, { alg: 'none' }],
		['signed as if our secret were the key', {}, { alg: 'HS256' }],
		['made for another site', { aud: 'another' }, {}],
		['made for several sites, another being the one that asked', { aud: ['coopol', 'b'], azp: 'b' }, {}],
		['made by another service', { iss: 'https://evil.example' }, {}],
		['that ended an hour ago', { exp: now - 60 * minute, iat: now - 61 * minute }, {}],
		['with the answer to another journey', {}, { nonce: 'another' }],
		['of nobody', { sub: undefined }, {}],
		['that is missing', {}, { without: true }],
	])('%s', async (_, claims, making) => {
		const [before, doors] = [await people(), await sessions()];
		expect(await end(vouched('forged', claims), making)).toBe('people.oidc_refused');
		expect([await people(), await sessions()]).toEqual([before, doors]);
	});
});

test('a journey that took more than a quarter of an hour is begun again, and the code is not even shown to the service', async () => {
	const going = await goAndReturn(visitor, vouched('slow'));
	await scene(sql`update people.challenge set expires_at = now() where purpose = 'oidc'`);
	expect(await going.finish()).toMatchObject({ kind: 'told', say: 'people.oidc_over', to: '/connexion' });
});

test('the same return twice at once opens one session', async () => {
	const going = await goAndReturn(visitor, vouched('twice'));
	const ends = await Promise.all([1, 2, 3].map(() => going.finish()));
	expect(ends.map((one) => one.kind).toSorted()).toEqual(['entered', 'told', 'told']);
	expect(await sessions()).toBe(1);
});

test('two browsers of one newcomer come back at once: they are one person', async () => {
	const before = (await people())!;
	const going = await Promise.all([1, 2].map(() => goAndReturn(visitor, vouched('pair'))));
	const ends = await Promise.all(going.map(({ finish }) => outcome(finish())));
	expect(ends.filter((one) => typeof one === 'object')).toHaveLength(2);
	expect(await people()).toBe(before + 1);
});

test('a journey’s ticket is kept as a print, and is no link of the mail', async () => {
	const { ticket } = await startOidc(visitor, 'https://coopol.example', '/fil', reach);
	expect(await ask(sql`select json_agg(challenge)::text as value from people.challenge`)).not.toContain(
		ticket,
	);
	expect(await outcome(proveLink(visitor, { cle: ticket }, stranger()))).toBe('Invalid');
});

describe('what the service says of somebody', () => {
	test('an address it did not verify, or only in words, or several at once, makes no account', async () => {
		const before = await people();
		for (const more of [
			{ email_verified: false },
			{ email_verified: 'true' },
			{ email_verified: undefined },
			{ email: 'lison@service.example, odile@rive.example' },
			{ email: undefined },
			{ email: ['odile@rive.example'] },
		])
			expect([more, await end(vouched('unsure', more))]).toEqual([more, 'people.oidc_link_first']);
		expect(await people()).toBe(before);
	});

	test('the address of Odile, in whatever case, does not open Odile’s account', async () => {
		for (const email of ['odile@rive.example', 'ODILE@RIVE.EXAMPLE', 'odile@RIVE.example'])
			expect(await opens(vouched('thief', { email }))).toBeNull();
		expect(await sessions()).toBe(0);
	});

	test('nor that of somebody the member file knows and who never came', async () => {
		expect(await end(vouched('file', { email: 'awa@rive.example' }))).toBe('people.oidc_link_first');
	});

	test('a name with marks that turn the text is cleaned; without a name the address gives one', async () => {
		const id = await opens(vouched('bidi', { name: 'Lison \u202Etluavra\u202C' }));
		expect(await ask(sql`select name as value from people.person where id = ${id}::uuid`)).toBe(
			'Lison tluavra',
		);
		const nameless = await opens(vouched('zoe', { name: undefined }));
		expect(await ask(sql`select name as value from people.person where id = ${nameless}::uuid`)).toBe('zoe');
	});

	test.each(['', '12 34', 'Раul Durand', 'x'.repeat(3000)])(
		'a name that is none (%.10s) leads to the door where one writes one’s own, and makes nobody',
		async (name) => {
			const before = await people();
			expect(await end(vouched('odd', { name }))).toBe('people.oidc_link_first');
			expect(await people()).toBe(before);
		},
	);
});

describe('whose account it opens', () => {
	test('with an app of codes, the service is one proof and the app the other', async () => {
		await giveApp('samuel');
		await linkTo('samuel', vouched('samuel'));
		await scene(sql`delete from people.session`);
		expect(await end(vouched('samuel'))).toBe('factor');
		expect(await sessions()).toBe(0);
	});

	test('suspended, one comes in and reads why, and nothing else opens', async () => {
		await linkTo('thibaud', vouched('thibaud'));
		const returned = await comeAs(vouched('thibaud'));
		if (returned.kind !== 'entered' || returned.entered.kind !== 'in') throw new Error(returned.kind);
		expect((await viewerOfSession(returned.entered.secret, [])).standing).toBe('suspended');
	});

	test('two people do not share one identity, and one person may have two', async () => {
		await linkTo('ines', vouched('shared'));
		expect(await linkTo('mathis', vouched('shared'))).toMatchObject({ say: 'people.oidc_taken' });
		await linkTo('ines', vouched('second'));
		expect([await opens(vouched('shared')), await opens(vouched('second'))]).toEqual([
			idOf('ines'),
			idOf('ines'),
		]);
	});

	test('erased, the identity opens nothing of them and may be somebody’s again', async () => {
		await linkTo('lucien', vouched('lucien'));
		await scene(sql`update people.person set erased_at = now() where id = ${idOf('lucien')}`);
		const opened = await opens(vouched('lucien'));
		await scene(sql`update people.person set erased_at = null where id = ${idOf('lucien')}`);
		expect(opened).not.toBe(idOf('lucien'));
	});

	test('given back by two officers, an account no longer opens by the identity that somebody had linked', async () => {
		await linkTo('mathis', vouched('thief'));
		expect(await opens(vouched('thief'))).toBe(idOf('mathis'));
		await askRecovery(
			visitor,
			{ lost: 'mathis@rive.example', email: 'mathis.neuf@courrier.example', told: '' },
			stranger(),
		);
		const [request] = await recoveriesToDecide(await as('samuel'));
		for (const officer of ['samuel', 'yamina'] as const)
			await vouchFor(await as(officer), { recovery: request!.id, how: 'Vu ce matin', sure: 'on' });
		expect(await opens(vouched('thief'))).not.toBe(idOf('mathis'));
	});

	test('folded into the member’s account, it opens that one, and asks the app that is there', async () => {
		const claims = vouched('noemie', { email: 'noemie@service.example' });
		const bis = await enter((await opens(claims))!);
		const id = await claimNumber(bis, { number: 'A-noemie' }, stranger());
		const merged = await mergeByNumber(bis, id, { code: codeOf(id) }, stranger());
		expect(merged).toMatchObject({ kind: 'in', personId: idOf('noemie') });
		expect(await opens(claims)).toBe(idOf('noemie'));
		await giveApp('noemie');
		expect(await end(claims)).toBe('factor');
	});
});

describe('the service itself', () => {
	test('away, one is told to come in by code; back, it works without a restart', async () => {
		await choose('after-an-outage');
		service.isAway = true;
		const away = await startOidc(visitor, 'https://coopol.example', '/', reach).catch((error) => error);
		service.isAway = false;
		expect(away.problems).toEqual([{ field: '', key: 'people.oidc_away' }]);
		expect((await startOidc(visitor, 'https://coopol.example', '/', reach)).to).toContain(service.issuer);
		await choose();
	});

	test('away while one is on the way back: told, and no session', async () => {
		const going = await goAndReturn(visitor, vouched('late'));
		service.isAway = true;
		const back = await going.finish();
		service.isAway = false;
		expect([back, await sessions()]).toEqual([
			{ kind: 'told', to: '/connexion', say: 'people.oidc_refused' },
			0,
		]);
	});

	test('its secret is never in what the browser is sent, nor in the settings as it is', async () => {
		const { to, ticket } = await startOidc(visitor, 'https://coopol.example', '/fil', reach);
		expect(new URL(to).searchParams.get('redirect_uri')).toBe('https://coopol.example/connexion/oidc/retour');
		expect(`${to} ${ticket}`).not.toContain('secret');
		expect(
			await ask(sql`select value::text as value from platform.setting where key = 'oidc'`),
		).not.toContain('"secret"');
		expect(await oidcLabel()).toBe('La Rive');
	});
});

describe('where one comes by invitation', () => {
	const entry = async (signUp: 'open' | 'invited') => {
		await asSystem('test', (tx) =>
			saveSetting(tx, 'organisation', { name: 'La Rive commune', signUp }, null),
		);
		forgetSettings();
	};

	test('the service makes no account for somebody nobody knows, and says what to do', async () => {
		await entry('invited');
		const before = await people();
		expect(await comeAs(vouched('uninvited'))).toEqual({
			kind: 'told',
			to: '/connexion',
			say: 'people.oidc_by_invitation',
		});
		expect(await people()).toBe(before);
		await entry('open');
		expect(await end(vouched('uninvited'))).toBe('in');
	});

	test('who has an account still enters, and links it from inside', async () => {
		await entry('invited');
		expect(await end(vouched('known', { email: 'odile@rive.example' }))).toBe('people.oidc_link_first');
		expect(((await linkTo('odile', vouched('known'))) as { say: string }).say).toBe('people.oidc_linked');
		expect(await opens(vouched('known'))).toBe(idOf('odile'));
		await entry('open');
	});
});
