import { beforeAll, beforeEach, expect, test } from 'vitest';
import { opened, stateOf } from '#domains/groups/groups.fixture.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

let odile: Browser;
let mathis: Browser;
let samuel: Browser;
beforeAll(async () => {
	[odile, mathis, samuel] = [await browser('odile'), await browser('mathis'), await browser('samuel')];
});
beforeEach(() => scene(sql`delete from platform.bucket`));

const at = (id: string) => `/groupes/${id}`;
/** Odile does something about somebody, and reads the page that comes, with its sentence. */
const does = async (act: string, id: string, name: CastName, more = {}) =>
	(await odile.through(`${at(id)}/membres?/${act}`, { person: idOf(name), ...more })).text;

test('a request is refused, thought over, then accepted; each time the page says what was done', async () => {
	const id = await opened('odile', { visibility: 'closed' });
	const asked = await mathis.through(`${at(id)}?/ask`, { note: 'Je jardine' });
	expect(asked.text).toContain('Ta demande est envoyée.');
	expect((await odile.get(`${at(id)}/membres`)).main).toContain('Je jardine');
	const no = await does('refuse', id, 'mathis');
	expect(no).toContain('C’est refusé. La personne n’en est pas avertie.');
	expect(no).toContain('Annuler');
	expect((await mathis.get(at(id))).main).toContain('Ta demande est envoyée');
	expect(await does('reconsider', id, 'mathis')).toContain('La demande attend de nouveau.');
	expect(await does('admit', id, 'mathis')).toContain('C’est fait : cette personne est dans le groupe.');
	expect(await stateOf(id, 'mathis')).toBe('member');
	for (const act of ['refuse', 'reconsider', 'admit'])
		expect([act, (await odile.post(`${at(id)}/membres?/${act}`, { person: idOf('mathis') })).status]).toEqual(
			[act, 404],
		);
});

test('a request taken back by who made it is there no more for who leads', async () => {
	const id = await opened('odile', { visibility: 'closed' });
	await mathis.post(`${at(id)}?/ask`, { note: 'Un mot' });
	expect((await mathis.through(`${at(id)}?/withdraw`)).text).toContain('Ta demande est retirée.');
	expect((await odile.get(`${at(id)}/membres`)).main).not.toContain('Un mot');
	expect((await odile.post(`${at(id)}/membres?/admit`, { person: idOf('mathis') })).status).toBe(404);
});

test('an invitation is taken back, or declined, or accepted', async () => {
	const id = await opened('odile', { visibility: 'secret' });
	expect(await does('invite', id, 'samuel')).toContain('Annuler');
	expect(await does('uninvite', id, 'samuel')).toContain('L’invitation est retirée.');
	expect((await samuel.get(at(id))).status).toBe(404);
	await does('invite', id, 'samuel');
	const again = await odile.post(`${at(id)}/membres?/invite`, { person: idOf('samuel') });
	expect([again.status, again.form?.problems]).toEqual([422, ['person groups.invited_already']]);
	expect((await samuel.post(`${at(id)}?/decline`)).to).toBe('/groupes');
	await does('invite', id, 'samuel');
	expect((await samuel.through(`${at(id)}?/accept`)).text).toContain('Te voilà dans le groupe.');
});

test('who is put out reads why, comes back once it is lifted, and nobody but who leads decides it', async () => {
	const id = await opened('odile');
	expect((await mathis.through(`${at(id)}?/join`)).text).toContain('Te voilà dans le groupe.');
	const short = await odile.post(`${at(id)}/membres?/exclude`, { person: idOf('mathis'), reason: '' });
	expect([short.status, short.form?.problems]).toEqual([422, ['reason groups.reason_needed']]);
	const owner = await odile.post(`${at(id)}/membres?/exclude`, {
		person: idOf('odile'),
		reason: 'Pour voir',
	});
	expect(owner.form?.problems).toEqual(['person groups.owner_stays']);
	await does('exclude', id, 'mathis', { reason: 'Propos blessants' });
	expect((await mathis.get(at(id))).main).toContain('Propos blessants');
	expect((await mathis.post(`${at(id)}?/join`)).status).toBe(403);
	expect((await samuel.post(`${at(id)}/membres?/readmit`, { person: idOf('mathis') })).status).toBe(403);
	expect(await does('readmit', id, 'mathis')).toContain('C’est levé : la personne peut revenir.');
	expect((await mathis.through(`${at(id)}?/join`)).text).toContain('Te voilà dans le groupe.');
});

test('a group is handed over to who was named first, then left; asleep, it is woken up', async () => {
	const id = await opened('odile');
	await mathis.post(`${at(id)}?/join`);
	const nobody = await odile.post(`${at(id)}/membres?/handOver`, { successor: '' });
	expect(nobody.form?.problems).toEqual(['successor groups.successor_first']);
	const stranger = await odile.post(`${at(id)}/membres?/succeed`, { successor: idOf('ines') });
	expect(stranger.form?.problems).toEqual(['successor groups.successor_unknown']);
	await odile.post(`${at(id)}/membres?/succeed`, { successor: idOf('mathis') });
	expect((await odile.through(`${at(id)}/membres?/handOver`, { successor: '' })).status).toBe(200);
	expect((await odile.post(`${at(id)}/membres?/succeed`, { successor: '' })).status).toBe(403);
	expect((await odile.through(`${at(id)}?/leave`)).text).toContain('Tu n’es plus dans ce groupe.');
	await scene(sql`update groups.circle set archived_at = now() where id = ${id}`);
	expect((await samuel.post(`${at(id)}?/join`)).status).toBe(403);
	expect((await mathis.through(`${at(id)}?/revive`)).text).toContain('Le groupe est réveillé.');
	expect((await samuel.through(`${at(id)}?/join`)).text).toContain('Te voilà dans le groupe.');
});
