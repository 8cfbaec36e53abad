import { expect, test } from 'vitest';
import { drawn, plain, read, type Tongue, targets } from '#tests/draw.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import Guest from '../invitations/Guest.svelte';
import Invite from '../invitations/Invite.svelte';
import { showUnit } from '../units/show.ts';
import Members from './Members.svelte';
import { listMembers, type Member } from './members.ts';

stage();

const key = 'key';
const props = async (who: CastName, change: object = {}) => {
	const viewer = await as(who);
	const unit = await showUnit(viewer, idOf('villebrume'));
	const page = await listMembers(viewer, unit.id);
	return { unit, page, q: '', only: null, form: null, key, ...change };
};
const lineOf = async (change: Partial<Member>, tongue: Tongue = {}) => {
	const given = await props('samuel');
	const person = given.page.people.find(({ id }) => id === idOf('odile'))!;
	return read(Members, { ...given, page: { ...given.page, people: [{ ...person, ...change }] } }, tongue);
};

test('how somebody stands is said to officers: sympathiser, declared, confirmed, to renew', async () => {
	expect(await lineOf({ grants: 'sympathiser', verified: false })).toMatch(/symp\p{L}+ Conf/u);
	expect(await lineOf({ grants: 'member', verified: false })).toContain(', à confirmer');
	expect(await lineOf({ grants: 'member', verified: true })).not.toMatch(
		/à confirmer|à renouveler|Confirmer/,
	);
	expect(await lineOf({ grants: 'member', verified: true, lapsed: true })).toContain(', à renouveler');
	expect(await lineOf({ grants: 'member', verified: false }, { language: 'en' })).toContain(', to confirm');
});

test('who was not welcomed yet may be, with a word; who was, and what a peer reads, offers nothing', async () => {
	expect(await lineOf({ welcomed: false })).toContain(`Un mot pour ${cast.odile.name}`);
	expect(await lineOf({ welcomed: true })).not.toContain('Un mot pour');
	const peer = await drawn(Members, await props('odile'));
	expect(targets(peer).filter((to) => to.startsWith('?/'))).toEqual([]);
});

test('somebody of a place below is told apart by their place', async () => {
	expect(await lineOf({ home: 'Section de Montclairval' })).toContain('· Section de Montclairval');
	expect(await lineOf({})).not.toContain('· Section de');
});

test('nobody found, everybody welcomed, nobody at all: three sentences, and a way on from each', async () => {
	const empty = { people: [], next: null, asOfficer: true };
	const page = async (change: object) => drawn(Members, await props('samuel', { page: empty, ...change }));
	const [found, waiting, none] = [await page({ q: 'zed' }), await page({ only: 'waiting' }), await page({})];
	expect(plain(found)).toContain("Personne ne s'appelle « zed » ici");
	expect(waiting).toContain('Tout le monde a été accueilli');
	expect(none).toContain('Personne pour l’instant');
	expect(targets(found)).toContain(`/unites/${idOf('villebrume')}/membres`);
	expect(targets(none)).toContain(`/unites/${idOf('villebrume')}/inviter`);
});

test('the next page keeps what was looked for', async () => {
	const given = await props('samuel');
	const html = await drawn(Members, {
		...given,
		q: 'l’é&b',
		only: 'waiting',
		page: { ...given.page, next: 'abc' },
	});
	expect(targets(html)).toContain('?q=l%E2%80%99%C3%A9%26b&accueillir=1&suite=abc');
});

test('an invitation says how often it served, and until when', async () => {
	const unit = await showUnit(await as('odile'), idOf('villebrume'));
	const made = {
		id: idOf('one'),
		code: 'ABCD2345EFGH',
		createdAt: new Date(),
		expiresAt: new Date('2027-01-05T12:00:00Z'),
	};
	const state = (used: number, tongue: Tongue = {}) =>
		read(
			Invite,
			{ unit, invitations: [{ ...made, used }], origin: 'https://rive.example', form: null, key },
			tongue,
		);
	expect(await state(0)).toContain("Code ABCD-2345-EFGH · pas encore utilisé · jusqu'au 5 janvier 2027");
	expect(await state(1)).toContain('utilisé une fois');
	expect(await state(12)).toContain('utilisé 12 fois');
	expect(await state(2, { language: 'en' })).toContain('used 2 times');
	const full = await read(Invite, {
		unit,
		invitations: [],
		origin: '',
		form: { problems: [{ field: '', key: 'territory.invite_too_many' }] },
		key,
	});
	expect(full).toContain("Vingt liens sont déjà ouverts. Ferme-en un d'abord.");
});

test('a guest is welcomed in the house’s own address, counts few people never, and is led on when it is over', async () => {
	const guest = (members: number | null) => ({
		inviter: 'Odile',
		unit: { id: idOf('villebrume'), slug: 'section-de-villebrume', name: 'Section de Villebrume', members },
	});
	const page = (members: number | null, tongue: Tongue = {}) =>
		read(Guest, { guest: guest(members), code: 'ABCD2345EFGH' }, tongue);
	expect(await page(5)).toContain("Odile t'invite : Section de Villebrume");
	expect(await page(5)).toContain('5 personnes y sont déjà.');
	expect(await page(null)).not.toContain('déjà.');
	expect(await page(5, { address: 'vous' })).toContain('Odile vous invite');
	const over = await drawn(Guest, { guest: null, code: 'ABCD2345EFGH' });
	expect(targets(over)).toEqual(['/bienvenue', '/sections']);
});
