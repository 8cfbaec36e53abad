import { beforeAll, expect, test } from 'vitest';
import { search, suggest } from '#domains/search/index.ts';
import { signs } from '#domains/vitals/index.ts';
import { saveSetting } from '#platform/settings.ts';
import { forget, placesOf, taken } from '#tests/left.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { asSystem, write } from '../db.ts';
import { keepFile, takeIn } from '../files/keep.ts';
import { keepUnsent, unsentOf } from '../http/unsent.ts';
import { drainJobs, enqueue } from '../jobs.ts';
import { sendMail } from '../mail/queue.ts';
import { sql } from '../sql.ts';
import { throttle } from '../throttle.ts';
import { askErasure, askExport, exportsOf, openExport } from './request.ts';

stage();

const word = { odile: 'trombone', mathis: 'clarinette' } as const;
const form = (text: string) => {
	const sent = new FormData();
	sent.append('text', text);
	return sent;
};
const unsent: Record<string, string> = {};

// What the house itself keeps of somebody while they use it.
async function life(name: 'odile' | 'mathis', other: CastName) {
	const [viewer, own] = [await as(name), word[name]];
	unsent[name] = (await keepUnsent(viewer.id!, '/fil/publier?/publish', form(`Un ${own} à moitié dit`)))!;
	const upload = await takeIn(new File([`La partition du ${own}`], `${own}.txt`));
	await asSystem('test', async (tx) => {
		await keepFile(tx, upload, {
			ownerId: viewer.id!,
			holder: 'feed.post',
			holderId: null,
			description: `Au ${own}`,
		});
		const mail = { kind: 'test.mail', subject: `Du ${own}`, paragraphs: [`Voici un ${own}`] };
		await sendMail(tx, { ...mail, to: `${name}@rive.example`, personId: viewer.id! });
		await sendMail(tx, { ...mail, to: `${other}@rive.example`, personId: idOf(other), byId: viewer.id! });
		await enqueue(
			tx,
			'notices.bell',
			{ personId: viewer.id, note: own },
			{ startAfter: new Date('2099-01-01') },
		);
	});
	await write({ ...viewer, requestKey: `key-${own}` }, async () => ({ said: `Réponse au ${own}` }));
	await throttle({ [`write:${viewer.id}`]: { burst: 5, perHour: 5 } });
	await askExport(viewer);
}
beforeAll(async () => {
	await life('odile', 'ines');
	await life('mathis', 'ines');
	await drainJobs();
});

test('a person takes away their files, mails and the trace of what waits; not the mails they caused to others', async () => {
	const odile = await taken('odile', 'platform');
	for (const own of ['trombone.txt', 'Au trombone', 'Du trombone', 'kept_at']) expect(odile).toContain(own);
	expect(odile).not.toContain('clarinette');
	expect(odile).not.toContain('ines@rive.example');
	expect(await taken('ines', 'platform')).toContain('Du trombone');
});

test('what somebody looked for, and what is counted of a network, is kept nowhere', async () => {
	const odile = await as('odile');
	await search(odile, 'hautbois introuvable');
	await suggest(odile, 'hautbois introuvable');
	await signs(await as('yamina'));
	await drainJobs();
	expect(await placesOf('hautbois', 'introuvable')).toEqual([]);
	expect(JSON.parse(await taken('odile'))).not.toHaveProperty('search');
	expect(JSON.parse(await taken('odile'))).not.toHaveProperty('vitals');
	expect(JSON.parse(await taken('odile'))).not.toHaveProperty('admin');
});

test('gone, their export does not open, their form does not come back, their bytes, mails, answers and works are not there', async () => {
	const odile = await as('odile');
	const [made] = await exportsOf(odile);
	expect(await placesOf('trombone')).toEqual([
		'a file',
		'jobs.job_common.data',
		'platform.file.description',
		'platform.file.name',
		'platform.mail.message',
		'platform.receipt.key',
		'platform.receipt.result',
	]);
	const others = await placesOf('clarinette');
	await askErasure(odile, null);
	await forget('odile');
	expect(await placesOf('trombone')).toEqual([]);
	expect(await placesOf('clarinette')).toEqual(others);
	expect(await outcome(openExport(odile, made!.id))).toBe('NotFound');
	expect(await outcome(unsentOf(odile, unsent.odile!))).toBe('NotFound');
	expect((await unsentOf(await as('mathis'), unsent.mathis!)).fields).toEqual([
		['text', 'Un clarinette à moitié dit'],
	]);
	expect((await placesOf(idOf('odile'))).filter((place) => /^(platform|jobs)\./.test(place))).toEqual([
		'platform.erasure.person_id',
	]);
});

test('gone, an officer is not named by the setting they changed last, and the setting stays', async () => {
	await asSystem('test', (tx) => saveSetting(tx, 'claimDays', 21, idOf('bertrand')));
	await forget('bertrand');
	const kept = await asSystem('test', (tx) =>
		tx.one(sql`select value, changed_by from platform.setting where key = 'claimDays'`),
	);
	expect(kept).toEqual({ value: 21, changed_by: null });
	expect(await placesOf('Quéméraud', 'bertrand@rive.example')).toEqual([]);
});
