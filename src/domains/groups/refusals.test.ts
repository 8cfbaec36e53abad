import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, refused, scene } from '#tests/traces.ts';
import { create } from './create.ts';
import { join, leave } from './enter.ts';
import { about, kept, opened, stateOf } from './groups.fixture.ts';
import { invite } from './invite.ts';
import { EditForm, ExcludeForm, edit, exclude, handOver, nameSuccessor } from './lead.ts';
import { followLink, showLink } from './links/follow.ts';
import { endLink, linksOf, MakeLinkForm, makeLink } from './links/make.ts';
import { addSubject, retireSubject } from './subjects/keep.ts';

stage();
beforeEach(() => scene(sql`delete from platform.bucket`));

const tables = [
	'groups.circle',
	'groups.membership',
	'groups.seat',
	'groups.circle_subject',
	'groups.link',
	'groups.subject',
	'groups.proposal',
];
const why = (work: () => Promise<unknown>) => refused(tables, work);
let odile: Viewer;
let mathis: Viewer;
let samuel: Viewer;
let bertrand: Viewer;
beforeAll(async () => {
	[odile, mathis, samuel, bertrand] = [
		await as('odile'),
		await as('mathis'),
		await as('samuel'),
		await as('bertrand'),
	];
});
const shown = (rest = {}) => ({ ...about(), version: 1, ...rest });

describe('opening a group', () => {
	test('asks first to look at what is there', async () => {
		expect(await why(() => create(odile, about({ seen: '' })))).toBe('Invalid: seen groups.look_first');
		expect(await why(() => create(odile, about({ seen: undefined })))).toBe(
			'Invalid: seen groups.look_first',
		);
	});

	test('in the name of a place is for who answers for it, and is never secret', async () => {
		const unit = idOf('villebrume');
		expect(await why(() => create(odile, about({ unit })))).toBe('Invalid: unit groups.unit_refused');
		expect(await why(() => create(samuel, about({ unit: idOf('pontsarvan') })))).toBe(
			'Invalid: unit groups.unit_refused',
		);
		expect(await why(() => create(samuel, about({ unit, visibility: 'secret' })))).toBe(
			'Invalid: visibility groups.official_not_secret',
		);
	});

	test('under a subject that the list has not, or has no more, keeps nothing', async () => {
		const id = await addSubject(bertrand, { name_fr: 'Marées', name_en: '' });
		await retireSubject(bertrand, { id });
		for (const subjects of [[newId()], [id]])
			expect(await why(() => create(odile, about({ subjects })))).toBe('Invalid: subjects app.invalid_value');
	});
});

describe('who leads a group', () => {
	test('does not write over what another changed since, and the page says so with their words kept', async () => {
		const id = await opened('odile');
		await edit(odile, id, shown({ name: 'Jardins du quai', version: 1 }));
		expect(await why(() => edit(odile, id, shown({ name: 'Jardins du port', version: 1 })))).toBe(
			'Conflict: groups.changed',
		);
		expect(faults(EditForm, shown({ version: 'un' }))).toEqual(['version groups.reload']);
	});

	test('of an official one cannot hide it afterwards', async () => {
		const id = await opened('samuel', { unit: idOf('villebrume') });
		expect(await why(() => edit(samuel, id, shown({ visibility: 'secret' })))).toBe(
			'Invalid: visibility groups.official_not_secret',
		);
	});

	test('puts out neither who answers for it, nor somebody who is not in it, and never without a reason', async () => {
		const id = await opened('samuel', { unit: idOf('villebrume') });
		await join(mathis, id);
		const out = (person: string) => exclude(samuel, id, { person, reason: 'Insultes répétées' });
		expect(await why(() => out(idOf('samuel')))).toBe('Invalid: person groups.owner_stays');
		expect(await why(() => out(idOf('ines')))).toBe('NotFound');
		expect(faults(ExcludeForm, { person: idOf('mathis'), reason: '' })).toEqual([
			'reason groups.reason_needed',
		]);
		await out(idOf('mathis'));
		expect(await stateOf(id, 'mathis')).toBe('excluded');
		expect(await why(() => join(mathis, id))).toMatch(/^(Forbidden|NotFound)/);
	});

	test('names as successor somebody of the group, not oneself; who left is not', async () => {
		const id = await opened('odile');
		await join(mathis, id);
		for (const successor of [idOf('odile'), idOf('ines'), newId()])
			expect(await why(() => nameSuccessor(odile, id, { successor }))).toBe(
				'Invalid: successor groups.successor_unknown',
			);
		expect(await why(() => handOver(odile, id))).toBe('Invalid: successor groups.successor_first');
		await leave(mathis, id);
		expect(await why(() => nameSuccessor(odile, id, { successor: idOf('mathis') }))).toBe(
			'Invalid: successor groups.successor_unknown',
		);
	});

	test('hands it over once: then it is the other who leads', async () => {
		const id = await opened('odile');
		await join(mathis, id);
		await nameSuccessor(odile, id, { successor: idOf('mathis') });
		await handOver(odile, id);
		expect((await kept(id)).owner).toBe(idOf('mathis'));
		expect(await why(() => handOver(odile, id))).toBe('Forbidden');
		expect(await why(() => handOver(mathis, id))).toBe('Invalid: successor groups.successor_first');
	});

	test('invites nobody twice, nor who is in it, nor who was put out', async () => {
		const id = await opened('odile');
		await invite(odile, id, { person: idOf('mathis') });
		const again = () => why(() => invite(odile, id, { person: idOf('mathis') }));
		expect(await again()).toBe('Invalid: person groups.invited_already');
		await join(mathis, id);
		expect(await again()).toBe('Invalid: person groups.invited_already');
		await exclude(odile, id, { person: idOf('mathis'), reason: 'Insultes répétées' });
		expect(await again()).toBe('Invalid: person groups.invited_already');
	});
});

describe('a link', () => {
	const link = { lasts: '7', most: 5, lets_in: '' } as const;

	test('is one of twenty open at once; one ended makes room', async () => {
		const id = await opened('odile');
		for (let n = 0; n < 20; n++)
			await scene(sql`delete from platform.bucket`).then(() => makeLink(odile, id, link));
		await scene(sql`delete from platform.bucket`);
		expect(await why(() => makeLink(odile, id, link))).toBe('Conflict: groups.link_many');
		await scene(sql`update groups.link set expires_at = now() - interval '1 minute' where link.id =
			(select one.id from groups.link as one where one.circle_id = ${id} limit 1)`);
		await makeLink(odile, id, link);
	});

	test('that never was, is over, was ended or leads to a group asleep says one and the same thing', async () => {
		const id = await opened('odile');
		const over = 'NotFound: groups.link_over';
		const ends: [string, ReturnType<typeof sql>][] = [
			['over', sql`update groups.link set expires_at = now() - interval '1 minute' where circle_id = ${id}`],
			['used', sql`update groups.link set used = most where circle_id = ${id}`],
			['asleep', sql`update groups.circle set archived_at = now() where id = ${id}`],
		];
		expect(await why(() => followLink(mathis, 'rien', '192.0.2.9'))).toBe(over);
		for (const [name, end] of ends) {
			const secret = await makeLink(odile, id, link);
			await scene(end);
			expect([name, await why(() => followLink(mathis, secret, '192.0.2.9'))]).toEqual([name, over]);
			expect([name, await why(() => showLink(mathis, secret, '192.0.2.9'))]).toEqual([name, over]);
		}
		expect(await why(() => makeLink(odile, id, link))).toBe('Forbidden: groups.asleep');
	});

	test('brings from one to five hundred people, and is ended in its own group only', async () => {
		for (const most of ['0', '501', 'dix', '1.5'])
			expect([most, faults(MakeLinkForm, { most })]).toEqual([most, ['most groups.link_most_shape']]);
		const [id, other] = [await opened('odile'), await opened('odile')];
		await makeLink(odile, id, link);
		const made = (await linksOf(odile, id))[0]!.id;
		expect(await why(() => endLink(odile, other, made))).toBe('NotFound');
		await endLink(odile, id, made);
		expect(await linksOf(odile, id)).toMatchObject([{ over: 'revoked' }]);
	});
});
