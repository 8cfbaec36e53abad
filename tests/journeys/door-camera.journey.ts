import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { qrPicture } from '#platform/qr/picture.ts';
import { announced, comes } from './at-the-door.ts';
import { leave, phone, story } from './person.ts';

/** A camera that films one code, still: pictures one after the other are a film. */
const drawn = Buffer.from(qrPicture('https://rive.example/', 'code', 480));
const picture = await sharp(drawn).resize(640, 480, { fit: 'contain', background: '#fff' }).jpeg().toBuffer();
const film = join(mkdtempSync(join(tmpdir(), 'coopol-camera-')), 'door.mjpeg');
writeFileSync(film, Buffer.concat([picture, picture, picture]));

story({
	flags: [
		'--use-fake-ui-for-media-stream',
		'--use-fake-device-for-media-stream',
		`--use-file-for-fake-video-capture=${film}`,
	],
});

const way = { ...phone, script: true };

/** This Chromium has no reader of codes: one that gives this code as soon as it is shown black on white stands for it. */
const pretendReader = (code: string) => {
	class Reader {
		async detect(video: HTMLVideoElement) {
			const canvas = new OffscreenCanvas(64, 48);
			const drawing = canvas.getContext('2d')!;
			drawing.drawImage(video, 0, 0, 64, 48);
			const { data } = drawing.getImageData(0, 0, 64, 48);
			const lights = Array.from({ length: 64 * 48 }, (_, at) => data[at * 4]!);
			const [dark, light] = [lights.filter((one) => one < 90), lights.filter((one) => one > 170)];
			return dark.length > 150 && light.length > 150 ? [{ rawValue: code }] : [];
		}
	}
	Object.assign(window, { BarcodeDetector: Reader });
};

test('without a reader of codes the camera is not offered, and nine signs typed do as well', async () => {
	const [samuel, path] = await announced(way, `Porte sans caméra ${Date.now()}`);
	const code = await comes('odile', path, way);
	await samuel.open(`${path}/accueil`);
	expect(await samuel.page.locator('[data-scan]').isVisible()).toBe(false);
	await samuel.fill('Code', code.toLowerCase().replaceAll('-', ' '));
	await samuel.touch(samuel.page.locator('form[action="?/code"] button').first());
	expect(await samuel.text(samuel.page.locator('[data-present]'))).toBe('1');
	expect(await leave(samuel)).toEqual([]);
});

test('with one, a code that the camera sees ticks its person, and the camera opens again for the next', async () => {
	const [samuel, path] = await announced(way, `Porte avec caméra ${Date.now()}`);
	const code = await comes('odile', path, way);
	const { page } = samuel;
	await page.addInitScript(pretendReader, code);
	await samuel.open(`${path}/accueil`);
	const again = page.waitForEvent('load', { timeout: 30_000 });
	await page.locator('[data-scan]').click();
	await again;
	await samuel.until(async () => (await samuel.text(page.locator('[data-present]'))) === '1');
	await samuel.until(() =>
		page.locator('[data-scan-picture]').evaluate((video) => Boolean((video as HTMLVideoElement).srcObject)),
	);
	expect(await leave(samuel)).toEqual([]);
});
