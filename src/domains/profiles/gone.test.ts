import { readdirSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { search } from '#domains/search/index.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { archive } from '#platform/privacy/index.ts';
import { domains } from '#registry.ts';
import { flatPicture } from '#tests/flat-picture.ts';
import { forget, placesOf, taken } from '#tests/left.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { openContact, saveAbout, savePhoto, saveReach, saveRows, whoOpenedMe } from './index.ts';
import { noteAllLooks } from './likeness.ts';

stage();

const stored = () =>
	readdirSync(process.env.COOPOL_FILES!, { recursive: true, withFileTypes: true }).filter((one) =>
		one.isFile(),
	).length;
const picture = (name: string) => flatPicture(name, 300, 300);
const phones = { odile: '06 39 98 12 34', mathis: '06 39 98 56 78' } as const;

async function life(name: 'odile' | 'mathis', word: string) {
	const viewer = await as(name);
	await saveAbout(viewer, { about: `J’aime le ${word}`, audience: 'unit' });
	await saveRows(viewer, 'skill', {
		id: [''],
		text: [`Jouer du ${word}`],
		place: [''],
		url: [''],
		since: [''],
		until: [''],
		audience: ['me'],
		remove: [],
	});
	await saveReach(viewer, {
		phone: phones[name],
		phone_audience: 'unit',
		email_audience: 'me',
		unit_audience: 'me',
	});
	await savePhoto(viewer, {
		photo: await picture(`${word}.png`),
		description: `Moi et un ${word}`,
		audience: 'network',
	});
}

beforeAll(async () => {
	await life('odile', 'trombone');
	await life('mathis', 'clarinette');
	await drainJobs();
	await openContact(await as('yamina'), idOf('odile'), {
		what: 'email',
		reason: 'Bureau de vote du trombone',
	});
	await openContact(await as('odile'), idOf('mathis'), { what: 'phone', reason: '' });
	await asSystem('test', noteAllLooks);
});

test('a person takes away each line whoever may read it, their picture, and who looked at what; nothing of another’s', async () => {
	const odile = await taken('odile');
	for (const own of [
		'J’aime le trombone',
		'Jouer du trombone',
		'Moi et un trombone',
		'Bureau de vote',
		'Yamina Belkassaud',
	])
		expect(odile).toContain(own);
	expect(odile).not.toContain('clarinette');
	expect(odile).not.toContain('56 78');
	expect(odile).not.toContain('5678');
	const zip = Buffer.concat(await Array.fromAsync(archive(domains, idOf('odile'))));
	expect(zip.includes('trombone.png')).toBe(true);
	expect(zip.includes('clarinette.png')).toBe(false);
});

test('a person’s own phone number, sealed in the database, is theirs to take away', async () => {
	expect(await placesOf('639981234')).toEqual([]);
	expect(await taken('odile')).toContain('639981234');
});

test('gone, no line, picture, byte nor likeness is left, and whom they looked at reads that somebody did', async () => {
	const found = async (q: string) => (await search(await as('samuel'), q)).people.map(({ name }) => name);
	const name: CastName = 'odile';
	expect(await found('fabregat')).toEqual(['Odile Fabrègat']);
	const before = stored();
	await forget(name);
	expect(await found('fabregat')).toEqual([]);
	expect(await found('fabregot')).toEqual([]);
	expect(await placesOf('trombone', 'Fabrègat')).toEqual(['audit.entry.reason']);
	expect((await placesOf(idOf('odile'))).filter((place) => place.startsWith('profiles.'))).toEqual([]);
	expect(stored()).toBeLessThan(before);
	expect(await whoOpenedMe(await as('mathis'))).toMatchObject([{ by: null, what: 'phone' }]);
	expect(await taken('mathis', 'profiles')).toContain('J’aime le clarinette');
});
