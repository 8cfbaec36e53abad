import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { createToken } from '#domains/people/token.ts';
import { asSystem } from '#platform/db.ts';
import type { Operation } from '#platform/domain.ts';
import { parse } from '#platform/http/form.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { groups } from './declaration.ts';
import { showSubject } from './elsewhere.ts';
import { join } from './enter.ts';
import { kept, opened, stateOf } from './groups.fixture.ts';
import { makeLink } from './links/make.ts';
import { showGroup } from './queries.ts';

stage();
beforeEach(() => scene(sql`delete from platform.bucket`));

/** What a program gets, by the operation's own schemas. */
async function call<T = unknown>(
	name: string,
	who: CastName,
	input: object = {},
	params: Record<string, string> = {},
) {
	const one = groups.api![name] as Operation;
	const result = await one.act(await as(who), parse(one.input, input), params);
	return v.parse(one.output, JSON.parse(JSON.stringify(result))) as T;
}
const base = '/api/v1/groups/[id]';

/** A program of this person, at the door of the house. */
async function program(name: CastName) {
	const scopes = ['groups:read', 'groups:write'];
	const viewer = { ...(await as(name)), secondFactor: true, factorAt: new Date() };
	const key = await createToken(viewer, { name: 'Agenda', scopes, days: '30' }, scopes);
	const { send } = await browser('visitor');
	return (method: string, path: string, body?: unknown) =>
		send(method, `/api/v1${path}`, body, { authorization: `Bearer ${key}` });
}

describe('the picture of a group, by a program', () => {
	/** A picture that weighs more than what any other verb takes. */
	const picture = async () =>
		(
			await sharp(randomBytes(1200 * 900 * 3), { raw: { width: 1200, height: 900, channels: 3 } })
				.withExif({ IFD0: { Artist: 'canary-camera' } })
				.jpeg({ quality: 90 })
				.toBuffer()
		).toString('base64');
	const coverOf = async (id: string) => (await showGroup(await as('odile'), id)).cover;

	test('is put by who leads it, large as it may be, and taken away', async () => {
		const [id, odile] = [await opened('odile'), await program('odile')];
		const body = { picture: await picture(), description: 'Un potager' };
		expect(body.picture.length).toBeGreaterThan(1_000_000);
		expect((await odile('PUT', `/groups/${id}/cover`, body)).status).toBe(200);
		await drainJobs();
		expect((await coverOf(id))?.description).toBe('Un potager');
		expect((await odile('DELETE', `/groups/${id}/cover`)).status).toBe(200);
		expect(await coverOf(id)).toBeNull();
		expect((await odile('DELETE', `/groups/${id}/cover`)).status).toBe(404);
	});

	test('says at its field what is wrong with it; nobody else puts one, whatever they send', async () => {
		const [id, odile] = [await opened('odile', { visibility: 'closed' }), await program('odile')];
		const problems = async (body: object) =>
			JSON.parse((await odile('PUT', `/groups/${id}/cover`, body)).html).errors.map(
				({ code }: { code: string }) => code,
			);
		const text = Buffer.from('ceci n’est pas une image').toString('base64');
		expect(await problems({ picture: text, description: 'Rien' })).toEqual(['groups.cover_not_picture']);
		expect(await problems({ picture: '{}', description: 'Rien' })).toEqual(['groups.cover_not_picture']);
		expect(await problems({ description: 'Rien' })).toEqual(['groups.cover_needed']);
		expect(await problems({ picture: await picture() })).toEqual(['groups.cover_words_needed']);
		const mathis = await program('mathis');
		expect((await mathis('PUT', `/groups/${id}/cover`, { picture: text })).status).toBe(403);
		const secret = await opened('odile', { visibility: 'secret' });
		expect((await mathis('PUT', `/groups/${secret}/cover`, {})).status).toBe(404);
	});

	test('a body of that size is refused by every other verb, before it is read', async () => {
		const odile = await program('odile');
		const refused = await odile('POST', '/groups', { name: 'x'.repeat(1_100_000) });
		expect([refused.status, JSON.parse(refused.html).errors[0].code]).toEqual([422, 'app.too_large']);
	});
});

describe('the door of a group, by a program', () => {
	const person = (name: CastName) => ({ person: idOf(name) });

	test('an invitation is accepted or declined; a request is taken back', async () => {
		const id = await opened('odile', { visibility: 'closed' });
		for (const name of ['samuel', 'gerard'] as const)
			await call(`POST ${base}/invitations`, 'odile', person(name), { id });
		await call(`PUT ${base}/invitation`, 'samuel', {}, { id });
		await call(`DELETE ${base}/invitation`, 'gerard', {}, { id });
		expect(await outcome(call(`PUT ${base}/invitation`, 'gerard', {}, { id }))).toBe('NotFound');
		await call(`POST ${base}/requests`, 'ines', {}, { id });
		await call(`DELETE ${base}/requests`, 'ines', {}, { id });
		expect([await stateOf(id, 'samuel'), await stateOf(id, 'ines')]).toEqual(['member', null]);
	});

	test('who leads reads who waits, refuses, thinks again, puts out and lets back; nobody else does', async () => {
		const id = await opened('odile', { visibility: 'closed' });
		const one = { id, ...person('mathis') };
		await call(`POST ${base}/requests`, 'mathis', { note: 'Je jardine' }, { id });
		const door = await call<{ items: object[] }>(`GET ${base}/door`, 'odile', {}, { id });
		expect(door.items).toMatchObject([{ id: idOf('mathis'), state: 'asked', note: 'Je jardine' }]);
		expect(await outcome(call(`GET ${base}/door`, 'mathis', {}, { id }))).toBe('Forbidden');
		await call(`PUT ${base}/refusals/[person]`, 'odile', {}, one);
		expect(await stateOf(id, 'mathis')).toBe('refused');
		await call(`DELETE ${base}/refusals/[person]`, 'odile', {}, one);
		await call(`POST ${base}/acceptances`, 'odile', person('mathis'), { id });
		expect(await outcome(call(`PUT ${base}/exclusions/[person]`, 'odile', {}, one))).toBe('Invalid');
		const put = (who: CastName) => call(`PUT ${base}/exclusions/[person]`, who, { reason: 'Insultes' }, one);
		expect(await outcome(put('mathis'))).toBe('Forbidden');
		await put('odile');
		expect(await stateOf(id, 'mathis')).toBe('excluded');
		await call(`DELETE ${base}/exclusions/[person]`, 'odile', {}, one);
		expect(await stateOf(id, 'mathis')).toBeNull();
		expect(
			await outcome(call(`DELETE ${base}/exclusions/[person]`, 'odile', {}, { id, person: 'nobody' })),
		).toBe('NotFound');
	});

	test('a group is handed over to the successor named, and woken', async () => {
		const id = await opened('odile');
		await join(await as('mathis'), id);
		expect(await outcome(call(`POST ${base}/succession`, 'odile', {}, { id }))).toBe('Invalid');
		expect(await outcome(call(`PUT ${base}/successor`, 'mathis', person('mathis'), { id }))).toBe(
			'Forbidden',
		);
		await call(`PUT ${base}/successor`, 'odile', person('mathis'), { id });
		await call(`POST ${base}/succession`, 'odile', {}, { id });
		expect((await kept(id)).owner).toBe(idOf('mathis'));
		await scene(sql`update groups.circle set archived_at = now() where id = ${id}::uuid`);
		expect(await outcome(call(`PUT ${base}/awake`, 'samuel', {}, { id }))).toBe('Forbidden');
		await call(`PUT ${base}/awake`, 'odile', {}, { id });
		expect((await kept(id)).isArchived).toBe(false);
	});

	test('a link is read, then followed; one that opens nothing says nothing', async () => {
		const id = await opened('odile', { visibility: 'secret' });
		const code = await makeLink(await as('odile'), id, { lasts: '7', most: 1, lets_in: 'on' });
		const [ines, fanny] = [await program('ines'), await program('fanny')];
		const shown = JSON.parse((await ines('GET', `/group-links/${code}`)).html);
		expect(shown).toMatchObject({ groupId: id, name: 'Jardins partagés', inviter: 'Odile', letsIn: true });
		expect(JSON.stringify(shown)).not.toContain(code);
		expect((await (await browser('visitor')).send('GET', `/api/v1/group-links/${code}`)).status).toBe(401);
		expect(JSON.parse((await ines('POST', `/group-links/${code}`)).html)).toEqual({ id, became: 'member' });
		for (const path of [code, 'never-was', 'x'.repeat(3000)])
			expect((await fanny('POST', `/group-links/${path}`)).status).toBe(404);
		expect(await stateOf(id, 'fanny')).toBeNull();
	});

	test('before opening one, what looks like it is read; never a secret one of others', async () => {
		const open = await opened('odile', { name: 'Chorale du lavoir' });
		await opened('odile', { name: 'Chorale secrète', visibility: 'secret' });
		const { items } = await call<{ items: { id: string }[] }>('GET /api/v1/groups/alike', 'tidiane', {
			name: 'chorale',
		});
		expect(items.map(({ id }) => id)).toEqual([open]);
	});
});

describe('subjects, by a program', () => {
	test('one is read with who offers something; what comes home of it is chosen', async () => {
		const slug = 'agriculture';
		await call('PUT /api/v1/subjects/[slug]/follow', 'odile', { brings: 'Une serre', shown: true }, { slug });
		expect(await outcome(call('PUT /api/v1/subjects/[slug]/home', 'ines', {}, { slug }))).toBe('NotFound');
		await call('PUT /api/v1/subjects/[slug]/home', 'odile', {}, { slug });
		const { id } = (await showSubject(await as('odile'), slug)).subject;
		const read = (who: CastName) => call('GET /api/v1/subjects/[id]', who, {}, { id });
		expect(await read('odile')).toMatchObject({ slug, mine: { brings: 'Une serre', inFeed: true } });
		expect(await read('fanny')).toMatchObject({
			mine: null,
			people: [{ name: 'Odile Fabrègat', brings: 'Une serre' }],
		});
		await call('DELETE /api/v1/subjects/[slug]/home', 'odile', {}, { slug });
		expect(await read('odile')).toMatchObject({ mine: { inFeed: false } });
	});

	test('what is proposed is read, added or answered by the office that keeps the list alone', async () => {
		const own = '/api/v1/subject-proposals';
		const ask = (name: string) => call<{ id: string }>(`POST ${own}`, 'odile', { name });
		const [one, other] = [await ask('Rivières'), await ask('Philatélie')];
		expect(await outcome(call(`GET ${own}/waiting`, 'samuel'))).toBe('NotFound');
		const { items } = await call<{ items: { id: string }[] }>(`GET ${own}/waiting`, 'bertrand');
		expect(items.map(({ id }) => id)).toEqual([one.id, other.id]);
		const names = { name_fr: 'Rivières', name_en: 'Rivers' };
		expect(await outcome(call(`POST ${own}/[id]/acceptance`, 'odile', names, one))).toBe('NotFound');
		const { id } = await call<{ id: string }>(`POST ${own}/[id]/acceptance`, 'bertrand', names, one);
		expect(await call('GET /api/v1/subjects/[id]', 'odile', {}, { id })).toMatchObject({ slug: 'rivieres' });
		await call(`POST ${own}/[id]/answer`, 'bertrand', { answer: 'Range-le sous Culture.' }, other);
		expect(await outcome(call(`POST ${own}/[id]/answer`, 'bertrand', { answer: 'Non' }, other))).toBe(
			'Forbidden',
		);
		const order = async () =>
			(
				await asSystem('test', (tx) =>
					tx.many<{ slug: string }>(
						sql`select slug from groups.subject where retired_at is null order by position, slug`,
					),
				)
			).map(({ slug }) => slug);
		const before = await order();
		expect(
			await outcome(call('POST /api/v1/subjects/[id]/move', 'sabrina', { direction: 'up' }, { id })),
		).toBe('NotFound');
		await call('POST /api/v1/subjects/[id]/move', 'bertrand', { direction: 'up' }, { id });
		expect((await order()).indexOf('rivieres')).toBe(before.indexOf('rivieres') - 1);
	});
});
