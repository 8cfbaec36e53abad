import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appCode, giveApp, later } from '#domains/people/factor/app.fixture.ts';
import { ask } from '#domains/people/people.fixture.ts';
import { createToken } from '#domains/people/token.ts';
import { sql } from '#platform/sql.ts';
import { type Answer, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, scene } from '#tests/traces.ts';

stage();

const scopes = ['members:read', 'members:write'];
const keyOf = async (name: CastName) =>
	createToken(
		{ ...(await as(name)), secondFactor: true, factorAt: new Date() },
		{ name: 'Comptes', scopes, days: '30' },
		scopes,
	);
/** A program that holds somebody's key, and no cookie. */
const program = async (name: CastName) => {
	const { send } = await browser('visitor');
	const authorization = `Bearer ${await keyOf(name)}`;
	return (method: string, path: string, body?: unknown, more: Record<string, string> = {}) =>
		send(method, `/api/v1${path}`, body, { authorization, ...more });
};
const json = ({ html }: Answer) => JSON.parse(html);

beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from people.token`));

describe('two officers’ programs give Odile her account back', () => {
	const codes = new Map<CastName, string>();
	const asked = async () => {
		await scene(
			sql`delete from people.recovery`,
			sql`insert into people.recovery (id, person_id, email, told, expires_at)
				values (${idOf('lost')}, ${idOf('odile')}, 'odile.neuve@courrier.example', 'Téléphone volé', now() + interval '9 days')`,
		);
		return `/recoveries/${idOf('lost')}`;
	};
	const officer = async (name: CastName) => {
		await later(name);
		const call = await program(name);
		return (method: string, path: string, body?: object) =>
			call(method, path, body, { 'second-factor': appCode(codes.get(name)!) });
	};
	const outcomeOf = () =>
		ask<string | null>(sql`select outcome as value from people.recovery where id = ${idOf('lost')}`);
	beforeAll(async () => {
		for (const name of ['yamina', 'samuel', 'driss'] as const) codes.set(name, await giveApp(name));
	});

	test('the first waits for the second; each says how they know, and the journal has it', async () => {
		const path = await asked();
		const list = json(await (await officer('yamina'))('GET', '/recoveries'));
		expect(list).toMatchObject([{ id: idOf('lost'), told: 'Téléphone volé', vouchers: 0, mine: false }]);
		const first = await (await officer('yamina'))('POST', `${path}/vouch`, { how: 'Vue au local' });
		expect([first.status, json(first)]).toEqual([200, { outcome: 'waiting' }]);
		expect((await (await officer('yamina'))('POST', `${path}/vouch`, { how: 'Encore' })).status).toBe(409);
		const second = await (await officer('samuel'))('POST', `${path}/vouch`, { how: 'Appelée hier' });
		expect([json(second), await outcomeOf()]).toEqual([{ outcome: 'done' }, 'done']);
		expect((await journal('people.vouch')).map(({ reason }) => reason).slice(-2)).toEqual([
			'Vue au local',
			'Appelée hier',
		]);
	});

	test('one who knows better stops it, with a reason', async () => {
		const path = await asked();
		const bare = await (await officer('yamina'))('POST', `${path}/refuse`, {});
		expect([bare.status, await outcomeOf()]).toEqual([422, null]);
		expect(
			(await (await officer('yamina'))('POST', `${path}/refuse`, { why: 'Ce n’est pas elle' })).status,
		).toBe(200);
		expect(await outcomeOf()).toBe('refused');
	});

	test('not without a code, not from elsewhere, not by oneself', async () => {
		const path = await asked();
		const bare = await program('yamina');
		expect((await bare('POST', `${path}/vouch`, { how: 'Vue' })).status).toBe(403);
		const driss = await officer('driss');
		expect(json(await driss('GET', '/recoveries'))).toEqual([]);
		expect((await (await officer('driss'))('POST', `${path}/vouch`, { how: 'Vue' })).status).toBe(404);
		expect(await outcomeOf()).toBeNull();
	});
});
