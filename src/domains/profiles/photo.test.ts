import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { fetchFile } from '#platform/files/fetch.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { flatPicture } from '#tests/flat-picture.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { ownLines, removePhoto, saveAbout, savePhoto, showPerson } from './index.ts';
import { seesPhoto } from './photo.ts';
import { privacy } from './privacy.ts';

stage();

const fetched = async (name: CastName | 'visitor', file: string) =>
	outcome(
		fetchFile(await as(name), { 'profiles.photo': seesPhoto }, file, { width: 480 }).then(
			({ status }) => status,
		),
	);
const besideName = async () =>
	(await asSystem('test', (tx) =>
		tx.one<{ photo: string | null }>(
			sql`select photo_id as photo from people.person where id = ${idOf('odile')}`,
		),
	))!.photo;

test('a picture goes to its audience, beside the name only when it is for everybody, and leaves with its bytes', async () => {
	const odile = await as('odile');
	await savePhoto(odile, { photo: await flatPicture(), description: 'Moi au marché', audience: 'unit' });
	expect((await showPerson(odile, odile.id!)).photo).toBeNull();
	await drainJobs();
	const { file } = (await showPerson(odile, odile.id!)).photo!;
	expect([
		await fetched('odile', file),
		await fetched('mathis', file),
		await fetched('ines', file),
		await fetched('sabrina', file),
		await fetched('visitor', file),
	]).toEqual([200, 200, 'NotFound', 'NotFound', 'NotFound']);
	expect(await besideName()).toBeNull();

	await savePhoto(odile, { description: '', audience: 'network' });
	await drainJobs();
	expect(await besideName()).toBe(file);
	expect([
		await fetched('sabrina', file),
		await fetched('tidiane', file),
		await fetched('visitor', file),
	]).toEqual([200, 'NotFound', 'NotFound']);

	await savePhoto(odile, { photo: await flatPicture(), description: '', audience: 'network' });
	await drainJobs();
	expect([(await besideName()) === file, await fetched('odile', file)]).toEqual([false, 'NotFound']);
	await removePhoto(odile);
	await drainJobs();
	expect(await besideName()).toBeNull();
	expect((await ownLines(odile)).lines).toEqual([]);
});

test('what is no picture is refused in a sentence, and nothing is kept', async () => {
	const odile = await as('odile');
	const refused = (photo: File | undefined) =>
		savePhoto(odile, { ...(photo && { photo }), description: '', audience: 'me' }).catch(
			(error: { problems: { key: string }[] }) => error.problems[0]!.key,
		);
	expect(await refused(new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'moi.svg'))).toBe(
		'profiles.photo_not_picture',
	);
	expect(await refused(undefined)).toBe('profiles.photo_needed');
	expect(
		await outcome(
			savePhoto(await as('thibaud'), { photo: await flatPicture(), description: '', audience: 'me' }),
		),
	).toBe('Forbidden');
	expect((await ownLines(odile)).lines).toEqual([]);
});

test('a person takes away all they wrote, and leaves nothing behind', async () => {
	const odile = await as('odile');
	await saveAbout(odile, { about: 'Canari-profil', audience: 'network' });
	expect(JSON.stringify(await asSystem('export', (tx) => privacy.gather(tx, odile.id!)))).toContain(
		'Canari-profil',
	);
	await asSystem('erasure', (tx) => privacy.erase(tx, odile.id!));
	expect(JSON.stringify(await asSystem('export', (tx) => privacy.gather(tx, odile.id!)))).not.toContain(
		'Canari-profil',
	);
});
