import { beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { forget, placesOf, taken } from '#tests/left.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, scene } from '#tests/traces.ts';
import { repairCounts } from './belonging/counts.ts';
import { welcome } from './belonging/welcome.ts';
import { createInvitation, showInvitation } from './invitations/invite.ts';
import { claim, decideClaim } from './offices/claims.ts';
import { acceptHandover, proposeHandover } from './offices/handover.ts';
import { lend } from './offices/loans.ts';
import { bureauOf } from './offices/queries.ts';
import { contactUnit } from './units/contact.ts';
import { editPage } from './units/edit.ts';

stage();

const villebrume = idOf('villebrume');
let invitation = '';

// What Samuel did as a secretary, and Noémie to become one.
beforeAll(async () => {
	const samuel = await as('samuel');
	await welcome(samuel, villebrume, { person: idOf('mathis'), greeting: 'Bienvenue autour du trombone' });
	invitation = await createInvitation(samuel, villebrume);
	await editPage(samuel, villebrume, {
		version: 1,
		publicText: 'Chaque mardi au local',
		membersText: '',
		contactEmail: '',
	});
	const inAMonth = new Date(Date.now() + 30 * 86_400_000);
	await lend(samuel, { unit: villebrume, person: idOf('odile'), powers: ['unit.edit'], until: inAMonth });
	const handover = await proposeHandover(samuel, {
		term: idOf('samuel term'),
		person: idOf('odile'),
		note: 'Le trombone est dans l’armoire',
	});
	await acceptHandover(await as('odile'), { handover });
	const asked = await claim(await as('noemie'), {
		unit: idOf('castelmauve'),
		reason: 'Relancer la clarinette',
	});
	await decideClaim(await as('yamina'), {
		claim: asked,
		answer: 'grant',
		decision: 'La clarinette est à toi',
	});
	await contactUnit(
		samuel,
		'section-de-montclairval',
		{
			name: 'Samuel Oudraine',
			email: 'samuel@rive.example',
			text: 'Prêtez-nous votre trombone',
			website: '',
		},
		'192.0.2.7',
	);
	await drainJobs();
	await scene(sql`update jobs.job set start_after = now() where name = 'notices.mail'`);
	await drainJobs();
});

test('who led a unit takes away their welcome words, invitation, loan and handover, and nobody else’s claim', async () => {
	const samuel = await taken('samuel', 'territory');
	for (const own of [
		'Bienvenue autour du trombone',
		invitation,
		'dans l’armoire',
		'unit.edit',
		'Section de Villebrume',
	])
		expect(samuel).toContain(own);
	expect(samuel).not.toContain('clarinette');
	const noemie = await taken('noemie', 'territory');
	expect(noemie).toContain('Relancer la clarinette');
	expect(noemie).toContain('La clarinette est à toi');
	expect(noemie).not.toContain('trombone');
	expect(await taken('mathis', 'territory')).toContain('Bienvenue autour du trombone');
});

test('gone, their unit has nobody, what they lent is over, and only a nameless term is left of them', async () => {
	expect((await as('odile')).officer).toBe(true);
	await forget('samuel');
	expect((await as('odile')).officer).toBe(false);
	expect(await placesOf('trombone')).toEqual([]);
	expect(await placesOf('Oudraine', 'samuel@rive.example')).toEqual([]);
	expect(await placesOf(invitation)).toEqual([]);
	expect(await showInvitation(invitation)).toBeNull();
	expect((await placesOf(idOf('samuel'))).filter((place) => place.startsWith('territory.'))).toEqual([
		'territory.term.person_id',
	]);
	const { unit, past } = await bureauOf(await as('mathis'), villebrume);
	expect(unit.led).toBe(false);
	expect(past.map(({ personId }) => personId)).not.toContain(undefined);
	expect(JSON.stringify(past)).not.toContain('Oudraine');
	expect(await asSystem('test', repairCounts)).toBe(0);
});

test('gone, who decided leaves the answer’s outcome and takes their words; the page they wrote last stays', async () => {
	await forget('yamina');
	expect(await taken('noemie', 'territory')).not.toContain('La clarinette est à toi');
	expect(await taken('noemie', 'territory')).toContain('"granted"');
	expect(await placesOf('Chaque mardi au local')).toEqual(['territory.unit.public_text']);
	// The journal keeps that somebody granted it, under an id that names nobody.
	expect(await placesOf('La clarinette est à toi')).toEqual(['audit.entry.reason']);
	expect(await journal('territory.claim_grant')).toMatchObject([{ actor: idOf('yamina') }]);
	expect(await placesOf('Belkassaud')).toEqual([]);
});
