import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancel } from '#domains/events/change.ts';
import { planned } from '#domains/events/stage.fixture.ts';
import { visits } from '#domains/events/visits.fixture.ts';
import { groupWith, tell, ticks } from '#domains/feed/list/list.fixture.ts';
import { feedStage } from '#domains/feed/stage.fixture.ts';
import { officialBy } from '#domains/missions/missions.fixture.ts';
import { launch } from '#domains/missions/petitions/launch.ts';
import { signAsVisitor } from '#domains/missions/petitions/sign.ts';
import { visit } from '#domains/missions/public/visitors.ts';
import { askCode, askEmailChange, startSignUp } from '#domains/people/index.ts';
import { stranger } from '#domains/people/people.fixture.ts';
import { type SecurityChange, tellSecurity } from '#domains/people/security-mail.ts';
import { warnSilent } from '#domains/people/silence.ts';
import { anchorJournal } from '#domains/safety/journal/jobs.ts';
import { contactUnit } from '#domains/territory/units/contact.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { forgetSettings, saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { cast, idOf, units } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

feedStage();

const changes: SecurityChange[] = [
	...([
		'password',
		'passkey_added',
		'passkey_removed',
		'authenticator_added',
		'authenticator_removed',
	] as const),
	...(['recovery_codes', 'recovery_code_used', 'email', 'token', 'recovery', 'recovered'] as const),
	...(['recovery_refused', 'erasure'] as const),
];

/** Everything of the house that writes a mail to somebody, once. */
async function everyMail(language: 'fr' | 'en'): Promise<void> {
	const odile = await as('odile');
	const [samuel, from] = [await as('samuel'), { ip: '192.0.2.200', language }];
	for (const change of changes) await asSystem('test', (tx) => tellSecurity(tx, idOf('odile'), change));
	const whence = () => stranger({ language });
	await askCode(visitor, { email: 'odile@rive.example' }, whence());
	await askCode({ ...visitor, language }, { email: 'personne@rive.example' }, whence());
	await startSignUp(
		{ ...visitor, language },
		{ name: 'Xx Xxx', email: 'neuve@rive.example' } as never,
		whence(),
	);
	await askEmailChange(odile, { email: 'x2@rive.example' }, whence());
	await askEmailChange(odile, { email: 'mathis@rive.example' }, whence());
	await scene(sql`update people.person set seen_on = current_date - 720, warned_on = null, confirmed_at = '2020-01-01'
		where id = ${idOf('mathis')}`);
	await warnSilent();
	const letter = { name: 'Xx Xxx', email: 'xx@x.example', text: 'XXXXX XXXXX XXXXX', website: '' };
	await contactUnit({ ...visitor, language }, 'section-de-villebrume', letter, '192.0.2.201');
	const event = await planned({ visibility: 'public', title: 'XXX' });
	await visits(event, { email: 'xv@x.example' });
	await scene(sql`update events.visitor set language = ${language}`);
	await drainJobs();
	await cancel(samuel, event, { reason: 'XXXX', scope: 'this' });
	const mission = await officialBy(samuel, { audience: 'public', title: 'XXX', text: 'XXX', place: 'XXX' });
	await visit({ ...visitor, language }, mission, { email: 'xm@x.example', name: '', website: '' }, from);
	const petition = {
		unit: idOf('villebrume'),
		title: 'XXX',
		addressed_to: 'XXX',
		text: 'XXX',
		official: 'on',
	};
	const signing = { name: 'Xx', postcode: '', email: 'xp@x.example', website: '' };
	await signAsVisitor({ ...visitor, language }, await launch(samuel, petition), signing, '192.0.2.202');
	const group = await groupWith('closed', 'mathis');
	await scene(sql`update groups.circle set name = 'XXX' where id = ${group}`);
	await ticks(group, 'mathis');
	await tell('odile', group, 'XXXX');
	await drainJobs();
	await anchorJournal();
	await drainJobs();
}

const known = [
	'La Rive commune',
	...[...Object.values(units), ...Object.values(cast)].map(({ name }) => name),
];
/** The words of the house in the mails that left, by kind: names of people and places left out. */
async function written(): Promise<{ kind: string; text: string }[]> {
	const rows = await asSystem('test', (tx) =>
		tx.many<{ kind: string; text: string }>(sql`select distinct mail.kind,
			concat_ws(' ', mail.message ->> 'subject', mail.message ->> 'text') as text from platform.mail`),
	);
	const bare = (text: string) =>
		known
			.flatMap((name) => [name, ...name.split(' ').slice(0, 1)])
			.reduce((all, name) => all.replaceAll(name.replaceAll('’', "'"), '·'), text.replaceAll('\u2019', "'"))
			.replace(/(?:https?:\/)?\/\S+|\S+@\S+/g, '·');
	return rows.map(({ kind, text }) => ({ kind, text: bare(text) }));
}

const clear = (language: 'fr' | 'en') =>
	scene(
		sql`delete from platform.mail`,
		sql`delete from platform.bucket`,
		sql`update people.person set language = ${language}`,
	);
const speaks = async (address: 'tu' | 'vous') => {
	await asSystem('test', (tx) =>
		saveSetting(tx, 'organisation', { name: 'La Rive commune', colour: '#00616c', address }, null),
	);
	forgetSettings();
};

describe.each<['tu' | 'vous', 'fr' | 'en', RegExp]>([
	['vous', 'fr', /(?<![\p{L}'-])(?:tu|toi|ton|ta|tes|te|t'(?=[aeiouyhéè]))(?!\p{L})/giu],
	['tu', 'fr', /(?<![\p{L}'-])(?:vous|votre|vos)(?!\p{L})/giu],
	[
		'vous',
		'en',
		/(?<![\p{L}'])(?:le|la|les|une|des|du|dans|pour|avec|tu|ton|vous|votre|est|sont|qui|que|aux|voir|ici)(?!\p{L})|[«»]/giu,
	],
])('mails where people are told %s, read in %s', (address, language, wrong) => {
	let all: { kind: string; text: string }[];
	beforeAll(async () => {
		await clear(language);
		await speaks(address);
		await everyMail(language);
		all = await written();
	});
	afterAll(() => speaks('tu'));

	test('are of every kind', () => {
		const kinds = new Set(all.map(({ kind }) => kind));
		expect([...kinds].toSorted()).toEqual(
			expect.arrayContaining([
				'audit.anchor',
				'feed.list',
				'missions.signature',
				'people.code',
				'people.security',
			]),
		);
		expect(kinds.size).toBeGreaterThan(11);
	});

	test('hold no word of another tongue, nor the name of a sentence', () => {
		const odd = all.flatMap(({ kind, text }) =>
			[
				...text.matchAll(wrong),
				...text.matchAll(/\b[a-z-]+\.[a-z]+_[a-z_]+\b|\{[a-z_]+\}|undefined|NaN/g),
			].map(
				({ 0: word, index }) =>
					`${kind}: ${text.slice(Math.max(0, index - 40), index)}[${word}]${text.slice(index + word.length, index + word.length + 20)}`,
			),
		);
		expect([...new Set(odd)]).toEqual([]);
	});
});
