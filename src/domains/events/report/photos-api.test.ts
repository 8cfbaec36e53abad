import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { parse } from '#platform/http/parse.ts';
import { drainJobs } from '#platform/jobs.ts';
import { operations } from '#registry.ts';
import { browser } from '#tests/browse.ts';
import { ownFiles } from '#tests/files.ts';
import { idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { as, stage } from '#tests/stage.ts';
import { told } from '#tests/traces.ts';
import { inHours, planned } from '../stage.fixture.ts';

stage();
const onDisk = ownFiles();

test('photos are taken away by a program of who tells it, and by nobody else’s', async () => {
	const drawn = sharp({ create: { width: 400, height: 300, channels: 3, background: '#00616c' } });
	const bytes = await drawn.jpeg().toBuffer();
	const id = await planned({ visibility: 'unit', startsAt: inHours(-5) });
	await (await browser('samuel')).post(`/evenements/${id}/compte-rendu/ecrire?/publish`, {
		text: 'Avec photo.',
		'photos[]': [new File([new Uint8Array(bytes)], 'stand.jpg', { type: 'image/jpeg' })],
	});
	const shown = async () =>
		(await program<{ pictures: { id: string }[] }>('GET /events/[id]/report', 'samuel', { id })).pictures;
	const [picture] = await shown();
	const drop = (who: 'odile' | 'samuel', one = picture!.id) =>
		program('DELETE /events/[id]/report/pictures/[picture]', who, { id, picture: one });
	expect([await told(drop('odile')), await told(drop('samuel', 'x'))]).toEqual(['Forbidden', 'NotFound']);
	expect(await shown()).toHaveLength(1);
	await drop('samuel');
	expect(await shown()).toEqual([]);
});

describe('photos sent by a program of who tells an event', () => {
	const jpeg = async () =>
		(
			await sharp({ create: { width: 40, height: 30, channels: 3, background: '#00616c' } })
				.withExif({ IFD0: { Artist: 'canary-camera' } })
				.jpeg()
				.toBuffer()
		).toString('base64');
	interface Told {
		version: string;
		pictures: { id: string; description: string }[];
	}
	const shown = (id: string) => program<Told>('GET /events/[id]/report', 'samuel', { id });
	const tell = (id: string, input: object, who: 'odile' | 'samuel' = 'samuel') =>
		program('PUT /events/[id]/report', who, { id }, { text: 'Voilà.', publish: true, ...input });
	const past = () => planned({ visibility: 'unit', startsAt: inHours(-5) });

	test('stand under what is told, each with its description, without what the camera wrote', async () => {
		const id = await past();
		await tell(id, {
			photos: [
				{ file: await jpeg(), name: 'stand.jpg', description: 'Le stand' },
				{ file: await jpeg(), description: '' },
			],
		});
		await drainJobs();
		const { pictures, version } = await shown(id);
		expect(pictures.map(({ description }) => description)).toEqual(['Le stand', '']);
		expect((await onDisk()).some(({ bytes }) => bytes.includes('canary-camera'))).toBe(false);
		const [first, second] = pictures.map((one) => one.id);
		await tell(id, { version, pictures: [{ id: second, description: 'La foule' }] });
		expect((await shown(id)).pictures).toEqual([
			{ id: first, description: 'Le stand' },
			{ id: second, description: 'La foule' },
		]);
		const drop = (picture: string) =>
			program('DELETE /events/[id]/report/pictures/[picture]', 'samuel', { id, picture });
		await drop(second!);
		expect((await shown(id)).pictures.map((one) => one.id)).toEqual([first]);
		const of = async (who: 'mathis' | 'ines') =>
			(await (await browser(who)).get(`/fichiers/${first}`)).status;
		expect([await of('mathis'), await of('ines')]).toEqual([200, 404]);
	});

	test('are refused with what is no picture, without description, or when there are too many; nothing is told', async () => {
		const id = await past();
		const [file, text] = [await jpeg(), Buffer.from('Bonjour').toString('base64')];
		const photos = (one: object, n = 1) => ({ photos: Array(n).fill(one) });
		expect(await told(tell(id, photos({ file: text, description: '' })))).toBe(
			'Invalid: photos profiles.photo_not_picture',
		);
		expect(await told(tell(id, photos({ file })))).toBe('Invalid: photos.0.description app.invalid_value');
		expect(await told(tell(id, photos({ file, description: '' }, 5)))).toBe(
			'Invalid: photos events.report_photos_many',
		);
		expect(await told(tell(id, photos({ file, description: '' }), 'odile'))).toBe('Forbidden');
		const mixed = { photos: [file, text].map((one) => ({ file: one, description: '' })) };
		expect(await told(tell(id, mixed))).toBe('Invalid: photos profiles.photo_not_picture');
		const late = { ...photos({ file, description: '' }), version: 'read long ago' };
		await tell(id, { publish: false });
		expect(await told(tell(id, late))).toBe('Invalid: text events.report_changed');
		expect(await shown(id)).toMatchObject({ pictures: [], publishedAt: null });
		expect(await onDisk()).toEqual([]);
	});

	test('sent again under its key, what is told and its photo are there once', async () => {
		const id = await past();
		const verb = operations['PUT /api/v1/events/[id]/report']!;
		const body = { text: 'Voilà.', photos: [{ file: await jpeg(), description: '' }] };
		const once = async () =>
			verb.act({ ...(await as('samuel')), requestKey: 'report' }, parse(verb.input, body), { id });
		await Promise.all([once(), once()]);
		await once();
		expect([(await shown(id)).pictures.length, (await onDisk()).length]).toEqual([1, 1]);
	});

	test('say nothing of a photo of another event', async () => {
		const [mine, other] = [await past(), await past()];
		await tell(other, { photos: [{ file: await jpeg(), description: 'Ailleurs' }] });
		const [picture] = (await shown(other)).pictures;
		await tell(mine, { pictures: [{ id: picture!.id, description: 'Pris' }] });
		await tell(mine, {
			version: (await shown(mine)).version,
			pictures: [{ id: idOf('nothing'), description: 'Rien' }],
		});
		expect((await shown(other)).pictures[0]!.description).toBe('Ailleurs');
	});
});
