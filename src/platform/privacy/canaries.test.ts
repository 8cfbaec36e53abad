import { beforeAll, describe, expect, test } from 'vitest';
import { domains } from '#registry.ts';
import { stage } from '#tests/stage.ts';
import { type Canary, everything, plant } from './canaries.fixture.ts';
import { erase } from './erase.ts';
import { gather } from './gather.ts';

stage();

let people: Canary[] = [];
beforeAll(async () => {
	people = await plant(domains, 20);
});

/** Of people who have no account: an account erased says nothing of them. */
const withoutAccount = ['events.visitor', 'missions.visitor', 'missions.guest'];
const isWithoutAccount = (place: string) => withoutAccount.some((table) => place.startsWith(`${table}.`));

/** Mapped and not given back, each for a reason: secrets, copies made for searching, traces of a few days, words of others. */
const withheld: Record<string, string[]> = {
	'secrets, shown by their dates only': [
		'people.secret',
		'people.recovery_code',
		'people.passkey.public_key',
		'events.feed.token_hash',
		'notices.device.endpoint_key',
		'notices.device.sealed',
	],
	'copies of what is given': [
		'people.person.folded_name',
		'people.contact.email_key',
		'people.contact.phone_key',
		'feed.post.folded',
		'missions.mission.folded',
		'missions.petition.folded',
		'missions.initiative.folded',
		'profiles.likeness',
		'imports.known',
		'imports.line.key',
		'imports.line.hash',
		'imports.line.problems',
	],
	'sealed: a made-up seal does not open; a real one is given, see src/domains/profiles/gone.test.ts': [
		'people.contact.phone_sealed',
		'people.contact.address_sealed',
		'messages.message.sealed',
		'messages.letter.sealed',
		'messages.exhibit.sealed',
	],
	'traces of a few days': [
		'people.challenge',
		'platform.bucket',
		'platform.receipt',
		'platform.mail.problem',
		// Ids of what a mail is made of again.
		'platform.mail.remade_from',
		// Sealed, and given back on a page of its own within the day.
		'platform.unsent',
	],
	'people without account: their link gives back their place, and they are forgotten a month after': [
		...withoutAccount,
	],
	'how a file was read': ['imports.import.columns', 'imports.import.choices'],
};
const isWithheld = (place: string) =>
	Object.values(withheld)
		.flat()
		.some((one) => place === one || place.startsWith(`${one}.`));

/** The lines of a file belong to the people in it, not to who sent it; they go when nothing can be undone. */
const ofTheFile = ['imports.import.columns', 'imports.import.choices'];

/** Where the id of somebody erased may stay: it names nobody any more. */
const nameless = [
	...ofTheFile,
	'people.person.id',
	'platform.erasure.person_id',
	'audit.entry.subject_id',
	'territory.term.person_id',
	'feed.comment.author_id',
	'feed.comment.deleted_by',
];

describe('twenty people whose every mapped column is a canary', () => {
	test('are in the database before', async () => {
		const all = (await everything()).map(({ row }) => row).join('\n');
		const words = people.flatMap((one) => [...one.words.values()]);
		expect(words.length).toBeGreaterThan(20 * 50);
		expect(
			words.filter((word) => !all.includes(word) && !all.includes(Buffer.from(word).toString('hex'))),
		).toEqual([]);
	});

	test('each get all that is theirs, and nothing of the others', async () => {
		for (const one of people) {
			const text = JSON.stringify(await gather(domains, one.id));
			const missing = [...one.words]
				.filter(([place, words]) => !text.includes(words) && !isWithheld(place))
				.map(([place]) => place);
			expect(missing).toEqual([]);
			const foreign = people
				.filter((other) => other !== one)
				.flatMap((other) => [...other.words.values()].filter((words) => text.includes(words)));
			expect(foreign).toEqual([]);
		}
	});

	test('once erased, leave no word anywhere in the database, and their id only where it names nobody', async () => {
		for (const one of people) await erase(domains, one.id);
		const rows = await everything();
		const words = rows.flatMap(({ row }) =>
			[...row.matchAll(/canary \w+ ([\w.]+)/g)].map(([, place]) => place!),
		);
		expect(
			[...new Set(words)].filter((place) => !ofTheFile.includes(place) && !isWithoutAccount(place)),
		).toEqual([]);
		const left = rows.flatMap(({ table, json }) =>
			Object.entries(json)
				.filter(([, value]) => people.some(({ id }) => JSON.stringify(value).includes(id)))
				.map(([name]) => `${table}.${name}`),
		);
		expect(
			[...new Set(left)].filter((place) => !nameless.includes(place) && !isWithoutAccount(place)),
		).toEqual([]);
	});

	test('erased again, change nothing', async () => {
		for (const one of people.slice(0, 3)) await erase(domains, one.id);
	});
});
