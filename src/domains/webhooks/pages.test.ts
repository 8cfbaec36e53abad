import { beforeEach, describe, expect, test } from 'vitest';
import { drainJobs } from '#platform/jobs.ts';
import { browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { added, clearAll, genuine, happens, manyHappen, receiver } from './receiver.fixture.ts';

stage();
const outside = receiver();
beforeEach(async () => {
	outside.reset();
	await clearAll();
});

const page = '/administration/webhooks';
const typed = {
	name: 'Agenda du site',
	url: 'https://agenda.example.org/coopol',
	'kinds[]': ['event.created', 'mission.closed'],
};

describe('the page of addresses', () => {
	test('explains itself while there is none, and leads from the administration', async () => {
		const bertrand = await browser('bertrand');
		expect((await bertrand.get('/administration')).html).toContain(`href="${page}"`);
		const { main } = await bertrand.get(page);
		expect(main).toContain('Aucune adresse');
		expect(main).toContain('Ne part que ce qui est public ou ouvert à tout le réseau');
	});

	test('adds one, shows its secret in this answer and in no other', async () => {
		const bertrand = await browser('bertrand');
		const made = await bertrand.post(`${page}?/create`, typed);
		expect(made.status).toBe(200);
		const secret = made.field('secret')!;
		expect(secret).toMatch(/^whsec_/);
		const again = await bertrand.get(page);
		expect(again.main).toContain('Agenda du site');
		expect(again.main).toContain('2 sujets');
		expect(again.html).not.toContain('whsec_');
		await happens();
		expect(await genuine(secret, outside.got[0]!.headers, outside.got[0]!.body)).toEqual([true]);
	});

	test('says at the field what is wrong, and loses nothing that was typed', async () => {
		const bertrand = await browser('bertrand');
		const inside = await bertrand.post(`${page}?/create`, { ...typed, url: 'https://192.168.1.4/' });
		expect([inside.status, inside.form!.problems]).toEqual([422, ['url webhooks.url_inside']]);
		expect(inside.field('name')).toBe('Agenda du site');
		expect(inside.main).toContain('mène à un réseau privé');
		const none = await bertrand.post(`${page}?/create`, { name: 'x', url: typed.url });
		expect(none.form!.problems).toEqual(['kinds webhooks.kinds_missing']);
	});
});

describe('the page of one address', () => {
	const open = async () => {
		const { id } = await added();
		return { id, at: `${page}/${id}`, bertrand: await browser('bertrand') };
	};

	test('sends a test and tells how it went; sends again at will', async () => {
		const { at, bertrand } = await open();
		expect((await bertrand.get(at)).main).toContain('Rien n’est encore parti');
		outside.answer.status = 500;
		expect((await bertrand.through(`${at}?/test`)).text).toContain('L’essai part');
		await drainJobs();
		const failed = await bertrand.get(at);
		expect(failed.main).toMatch(/Essai.*Réponse 500 · \d+ ms · 1 essai.*Renvoyer.*Perdu/s);
		outside.answer.status = 200;
		const { id } = (failed.data.deliveries as { id: string }[])[0]!;
		expect((await bertrand.through(`${at}?/replay`, { id })).text).toContain('Le même envoi repart');
		await drainJobs();
		expect((await bertrand.get(at)).main).toMatch(/Essai.*Réponse 200.*2 essais.*Arrivé/s);
	});

	test('pauses, takes up again, renames and chooses', async () => {
		const { at, bertrand } = await open();
		expect((await bertrand.through(`${at}?/pause`)).main).toContain('En pause');
		expect((await bertrand.through(`${at}?/resume`)).main).toContain('En marche');
		const edited = await bertrand.through(`${at}?/edit`, { name: 'Panneau', 'kinds[]': ['mission.closed'] });
		expect(edited.main).toContain('Panneau');
		const wrong = await bertrand.post(`${at}?/edit`, { name: '', 'kinds[]': ['mission.closed'] });
		expect(wrong.form!.problems).toEqual(['name webhooks.name_missing']);
	});

	test('renews the secret, shown once; not twice in a day', async () => {
		const { at, bertrand } = await open();
		expect((await bertrand.post(`${at}?/renew`)).field('secret')).toMatch(/^whsec_/);
		const after = await bertrand.get(at);
		expect(after.html).not.toContain('whsec_');
		expect(after.main).toContain('celui d’avant signe encore');
		expect((await bertrand.post(`${at}?/renew`)).form!.problems).toEqual([' webhooks.renewed_already']);
	});

	test('removes it, and takes that back', async () => {
		const { id, at, bertrand } = await open();
		const removed = await bertrand.through(`${at}?/remove`);
		expect(removed.text).toContain('L’adresse est retirée');
		expect(removed.html).toContain(`${page}?/restore`);
		expect((await bertrand.get(at)).status).toBe(404);
		expect((await bertrand.through(`${page}?/restore`, { id })).main).toContain('Agenda public');
	});

	test('lists its messages page by page', async () => {
		const { at, bertrand } = await open();
		await manyHappen(33);
		const first = await bertrand.get(at);
		const next = /href="(\?avant=[^"#]+)/.exec(first.html)![1]!;
		const count = (html: string) => html.match(/\?\/replay/g)?.length;
		expect([count(first.html), count((await bertrand.get(`${at}${next}`)).html)]).toEqual([30, 3]);
	});
});

test('for anybody else neither page exists; without second factor it is asked first', async () => {
	const { id } = await added();
	for (const name of ['odile', 'samuel', 'sabrina', 'paulo'] as const) {
		const who = await browser(name);
		const reads = [(await who.get(page)).status, (await who.get(`${page}/${id}`)).status];
		expect([name, ...reads]).toEqual([name, 404, 404]);
		expect((await who.post(`${page}/${id}?/test`)).status).toBe(404);
	}
	const without = await browser('bertrand', { factor: false });
	expect((await without.get(page)).to).toContain('/compte/verification');
	expect((await (await browser('visitor')).get(page)).to).toContain('/connexion');
});

test('a program of the web officer reads the addresses and their messages, without any secret', async () => {
	const { id } = await added();
	await happens();
	const bertrand = await browser('bertrand');
	const listed = await bertrand.send('GET', '/api/v1/webhooks');
	const [one] = (JSON.parse(listed.html) as { webhooks: object[] }).webhooks;
	expect(one).toMatchObject({ id, name: 'Agenda public', state: 'active' });
	expect(listed.html).not.toMatch(/whsec_|secret/);
	const told = await bertrand.send('GET', `/api/v1/webhooks/${id}/deliveries`);
	expect(JSON.parse(told.html)).toMatchObject({
		next: null,
		deliveries: [{ kind: 'event.created', state: 'sent', status: 200, tries: 1 }],
	});
	expect((await (await browser('samuel')).send('GET', '/api/v1/webhooks')).status).toBe(404);
});
