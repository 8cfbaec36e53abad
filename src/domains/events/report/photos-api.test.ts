import sharp from 'sharp';
import { expect, test } from 'vitest';
import { browser } from '#tests/browse.ts';
import { program } from '#tests/program.ts';
import { stage } from '#tests/stage.ts';
import { told } from '#tests/traces.ts';
import { inHours, planned } from '../stage.fixture.ts';

stage();

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
