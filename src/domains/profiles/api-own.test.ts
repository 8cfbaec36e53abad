import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { stage } from '#tests/stage.ts';
import { journal, refused, told } from '#tests/traces.ts';

stage();
beforeEach(() =>
	asSystem('test', async (tx) => {
		for (const table of ['field', 'opening']) await tx.run(sql`delete from profiles.${sql.raw(table)}`);
	}),
);

interface Own {
	lines: { id: string; kind: string; value: { text?: string; url?: string }; audience: string }[];
	phone: string | null;
}
const own = (who: CastName) => program<Own>('GET /me/profile', who);
const put = (who: CastName, what: string, input: object) =>
	program<Own>(`PUT /me/profile/${what}`, who, {}, input);
const write = (who: CastName, items: object[], kind = 'skill') =>
	program<Own>('PUT /me/profile/lines/[kind]', who, { kind }, { items });
const skills = async (who: CastName) =>
	(await own(who)).lines.filter(({ kind }) => kind === 'skill').map(({ value }) => value.text);
const seen = async (who: CastName) =>
	(
		await program<{ lines: { kind: string; value: { text?: string } }[] }>('GET /people/[id]', who, {
			id: idOf('odile'),
		})
	).lines;

test('a few words about oneself are read by whom they are for, and by nobody once taken away', async () => {
	await put('odile', 'about', { about: 'Je couds\r\nle soir', audience: 'unit' });
	expect((await own('odile')).lines).toMatchObject([
		{ kind: 'about', value: { text: 'Je couds\nle soir' }, audience: 'unit' },
	]);
	expect([(await seen('mathis')).length, (await seen('yamina')).length]).toEqual([1, 0]);
	expect((await own('mathis')).lines).toEqual([]);
	await put('odile', 'about', { about: '', audience: 'unit' });
	expect(await seen('mathis')).toEqual([]);
});

describe('lines of one kind', () => {
	test('are as the program wrote them: changed by their id, new without, gone when left out', async () => {
		const { lines } = await write('odile', [
			{ text: 'Coudre', since: 2019, audience: 'network' },
			{ text: 'Conduire', audience: 'me' },
		]);
		const [sewing] = lines;
		expect(lines).toMatchObject([{ started: 2019, ended: null }, { audience: 'me' }]);
		await write('odile', [
			{ text: 'Chanter', audience: 'network' },
			{ id: sewing!.id, text: 'Broder', audience: 'network' },
		]);
		expect(await skills('odile')).toEqual(['Chanter', 'Broder']);
		expect((await own('odile')).lines.map(({ id }) => id)).toContain(sewing!.id);
		await write('odile', [], 'link');
		expect(await skills('odile')).toEqual(['Chanter', 'Broder']);
		await write('odile', []);
		expect(await skills('odile')).toEqual([]);
	});

	test('of somebody else are not taken over by their id', async () => {
		const { lines } = await write('odile', [{ text: 'Coudre', audience: 'network' }]);
		await write('mathis', [{ id: lines[0]!.id, text: 'Volé', audience: 'network' }]);
		await write('mathis', []);
		expect(await skills('odile')).toEqual(['Coudre']);
	});

	const good = { text: 'Coudre', audience: 'network' };
	test.each<[string, object[], string]>([
		['no words', [good, { text: ' ', audience: 'me' }], 'items.1.text profiles.text_needed'],
		['for nobody known', [{ ...good, audience: 'all' }], 'items.0.audience app.invalid_value'],
		['a year that is none', [{ ...good, since: 20 }], 'items.0.since profiles.year_shape'],
		[
			'over before it began',
			[good, { ...good, since: 2020, until: 2014 }],
			'items.1.until profiles.until_before',
		],
		['too long', [{ ...good, text: 'é'.repeat(121) }], 'items.0.text profiles.too_long'],
		['no id', [{ ...good, id: 'x' }], 'items.0.id app.invalid_value'],
		['something else besides', [{ ...good, secret: 1 }], 'items.0.secret app.invalid_value'],
		['twenty-one', Array.from({ length: 21 }, () => good), 'items profiles.too_many'],
	])('%s: refused where it is, nothing is half written', async (_, items, problem) => {
		await write('odile', [{ text: 'Chanter', audience: 'network' }]);
		expect(await refused(['profiles.field'], () => write('odile', items))).toBe(`Invalid: ${problem}`);
	});

	test('a link must lead somewhere; a kind that is none does not exist', async () => {
		const link = { text: 'Site', url: 'javascript:alert(1)', audience: 'network' };
		expect(await told(write('odile', [link], 'link'))).toBe('Invalid: items.0.url profiles.link_shape');
		expect(await told(write('odile', [good], 'secret'))).toBe('NotFound');
	});
});

describe('how to be reached', () => {
	const reach = {
		phone: '06 39 98 12 34',
		phone_audience: 'unit',
		email_audience: 'me',
		unit_audience: 'me',
	};
	const opens = (who: CastName, input: object) =>
		program<{ value: string | null }>('POST /people/[id]/openings', who, { id: idOf('odile') }, input);

	test('is opened by whom it is told to; the person reads who did; nobody else opens it', async () => {
		await put('odile', 'reach', reach);
		expect((await own('odile')).phone).toBe('+33639981234');
		expect((await opens('mathis', { what: 'phone' })).value).toBe('+33639981234');
		expect((await program<{ openings: object[] }>('GET /me/watchers', 'odile')).openings).toMatchObject([
			{ byId: idOf('mathis'), what: 'phone', byOffice: false },
		]);
		expect(await refused(['profiles.opening'], () => opens('mathis', { what: 'email' }))).toBe('Forbidden');
		expect(await refused(['profiles.opening'], () => opens('ines', { what: 'phone' }))).toBe('NotFound');
		expect(await told(opens('mathis', { what: 'purse' }))).toBe('Invalid: what app.invalid_value');
	});

	test('through an office a reason is asked, and the journal has it', async () => {
		expect(await told(opens('yamina', { what: 'email' }))).toBe('Invalid: reason profiles.reason_needed');
		const before = (await journal('profiles.open_email')).length;
		await opens('yamina', { what: 'email', reason: 'Bureau de vote' });
		expect(await journal('profiles.open_email')).toHaveLength(before + 1);
	});

	test('a number that is none is refused, and the one kept stays', async () => {
		await put('odile', 'reach', reach);
		expect(await told(put('odile', 'reach', { ...reach, phone: '12' }))).toBe(
			'Invalid: phone profiles.phone_shape',
		);
		expect((await own('odile')).phone).toBe('+33639981234');
	});
});

test('a picture is put by its bytes, told to others, and leaves; what is no picture is refused', async () => {
	const image = { create: { width: 400, height: 300, channels: 3, background: '#00616c' } } as const;
	const photo = (await sharp(image).png().toBuffer()).toString('base64');
	const said = { description: 'Au marché', audience: 'network' };
	expect(await told(put('odile', 'photo', said))).toBe('Invalid: photo profiles.photo_needed');
	expect(await told(put('odile', 'photo', { ...said, photo: '#' }))).toBe(
		'Invalid: photo profiles.photo_not_picture',
	);
	expect(await told(put('odile', 'photo', { ...said, photo: btoa('%PDF') }))).toMatch(/^Invalid: photo /);
	await put('odile', 'photo', { ...said, photo });
	await drainJobs();
	const shown = async () =>
		(
			await program<{ lines: { kind: string; value: object; audience: string }[] }>(
				'GET /me/profile',
				'odile',
			)
		).lines;
	await put('odile', 'photo', { description: 'Devant la halle', audience: 'friends' });
	expect(await shown()).toMatchObject([
		{ kind: 'photo', value: { description: 'Devant la halle' }, audience: 'friends' },
	]);
	await program('DELETE /me/profile/photo', 'odile');
	expect(await shown()).toEqual([]);
});
