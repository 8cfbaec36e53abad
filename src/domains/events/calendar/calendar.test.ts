import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type Answer, type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { inHours, planned, set } from '../stage.fixture.ts';
import { readBack } from './read-back.fixture.ts';

stage();

const visitor = await browser('visitor');
let odile: Browser;
beforeAll(async () => {
	odile = await browser('odile');
});

const says = (name: CastName, eventId: string, answer: string, isWaiting = false) =>
	asSystem('test', (tx) =>
		tx.run(sql`insert into events.answer (id, event_id, person_id, answer, is_waiting)
			values (${newId()}, ${eventId}, ${idOf(name)}, ${answer}, ${isWaiting})
			on conflict (event_id, person_id) do update set answer = excluded.answer, is_waiting = excluded.is_waiting`),
	);

const idsIn = ({ html }: Answer) => readBack(html).map(({ id }) => id.split('@')[0]);

describe('my own calendar', () => {
	const make = async (who: Browser) => {
		const { form } = await who.post('/agenda/abonnement?/make');
		return `/calendrier/${form?.secret}.ics`;
	};

	test('holds what I come to, think of or am invited to, and what I may still see', async () => {
		const [coming, maybe, no, waiting, invited, elsewhere, unseen] = await Promise.all([
			planned(),
			planned(),
			planned(),
			planned({ capacity: 1 }),
			planned({ visibility: 'invited' }),
			planned({ visibility: 'public' }),
			planned({ unit: 'pontsarvan' }),
		]);
		await says('odile', coming!, 'coming');
		await says('odile', maybe!, 'maybe');
		await says('odile', no!, 'no');
		await says('odile', waiting!, 'coming', true);
		await says('odile', unseen!, 'coming');
		await asSystem('test', (tx) =>
			tx.run(sql`insert into events.invitation (id, event_id, unit_id, by_id)
				values (${newId()}, ${invited}, ${idOf('valdorsande')}, ${idOf('samuel')})`),
		);
		const address = await make(odile);
		const answer = await visitor.get(address);
		expect(idsIn(answer).toSorted()).toEqual([coming, maybe, waiting, invited].toSorted());
		expect(idsIn(answer)).not.toContain(elsewhere);
		const status = Object.fromEntries(
			readBack(answer.html).map(({ id, status }) => [id.split('@')[0], status]),
		);
		expect([status[coming!], status[maybe!], status[waiting!], status[invited!]]).toEqual([
			'CONFIRMED',
			'TENTATIVE',
			'TENTATIVE',
			'TENTATIVE',
		]);
		await set(coming!, 'cancelled_at = now(), sequence = 1');
		expect(readBack((await visitor.get(address)).html)).toContainEqual(
			expect.objectContaining({ status: 'CANCELLED', sequence: 1 }),
		);
		await set(coming!, `cancelled_at = now() - interval '61 days'`);
		expect(idsIn(await visitor.get(address))).not.toContain(coming);
	});

	test('tells the link to take part from afar to who comes, and to nobody else', async () => {
		const id = await planned({ visibility: 'public' });
		await set(id, `online_url = 'https://visio.example/secret'`);
		const address = await make(odile);
		for (const [answer, isWaiting, isTold] of [
			['maybe', false, false],
			['coming', true, false],
			['coming', false, true],
		] as const) {
			await says('odile', id, answer, isWaiting);
			const own = readBack((await visitor.get(address)).html).find((one) => one.id.startsWith(id));
			expect(own?.text.includes('visio.example')).toBe(isTold);
		}
		expect((await visitor.get(`/evenements/${id}/calendrier.ics`)).html).not.toContain('visio');
		expect((await visitor.get('/calendrier.ics')).html).not.toContain('visio');
	});

	test('its address is kept as a hash only; renewed, ended, or its person gone, it gives nothing', async () => {
		const first = await make(odile);
		expect((await visitor.get(first)).status).toBe(200);
		const kept = await asSystem('test', (tx) =>
			tx.many<object>(sql`select feed.* from events.feed where feed.person_id = ${idOf('odile')}`),
		);
		expect(JSON.stringify(kept)).not.toContain(first.slice(12, -4));
		const second = await make(odile);
		expect((await visitor.get(first)).status).toBe(404);
		expect((await visitor.get(second)).status).toBe(200);
		expect((await odile.get('/agenda/abonnement')).text).toContain('Lue par un calendrier');
		await odile.post('/agenda/abonnement?/end');
		expect((await visitor.get(second)).status).toBe(404);
		const third = await make(odile);
		const suspend = sql`insert into people.suspension (id, person_id, ends_at, by_id, reason)
			values (${newId()}, ${idOf('odile')}, now() + interval '1 day', ${idOf('paulo')}, 'x')`;
		await asSystem('test', (tx) => tx.run(suspend));
		expect((await visitor.get(third)).status).toBe(404);
		await asSystem('test', (tx) =>
			tx.run(sql`delete from people.suspension where suspension.person_id = ${idOf('odile')}`),
		);
	});

	test('is not sent again to who has it, until something changed', async () => {
		const id = await planned();
		await says('odile', id, 'coming');
		const address = await make(odile);
		const etag = (await visitor.get(address)).headers.get('etag')!;
		const again = await visitor.get(address, { 'if-none-match': etag });
		expect([again.status, again.html]).toEqual([304, '']);
		await set(id, `title = 'Autre titre', sequence = 1, changed_at = now()`);
		expect((await visitor.get(address, { 'if-none-match': etag })).status).toBe(200);
	});

	test('is for who is in the network, and two addresses asked at once leave one', async () => {
		expect((await visitor.get('/agenda/abonnement')).to).toContain('/connexion');
		const both = await Promise.all([make(odile), make(odile)]);
		const statuses = await Promise.all(both.map(async (address) => (await visitor.get(address)).status));
		expect(statuses.toSorted()).toEqual([200, 404]);
	});
});

describe('calendars for everybody', () => {
	test('hold public events only, of the unit and those below for that of a unit', async () => {
		const [open, closed, far] = await Promise.all([
			planned({ visibility: 'public' }),
			planned({ visibility: 'network' }),
			planned({ visibility: 'public', unit: 'pontsarvan' }),
		]);
		const all = idsIn(await odile.get('/calendrier.ics'));
		expect([open, closed, far].map((id) => all.includes(id!))).toEqual([true, false, true]);
		const ofUnit = idsIn(await odile.get(`/unites/${idOf('valdorsande')}/calendrier.ics`));
		expect([open, closed, far].map((id) => ofUnit.includes(id!))).toEqual([true, false, false]);
		expect((await visitor.get(`/unites/${newId()}/calendrier.ics`)).status).toBe(404);
	});

	test('one event is a file for who sees it, and does not exist for the others', async () => {
		const id = await planned({ startsAt: inHours(30) });
		const path = `/evenements/${id}/calendrier.ics`;
		const answer = await odile.get(path);
		expect(answer.headers.get('content-type')).toContain('text/calendar');
		expect(idsIn(answer)).toEqual([id]);
		expect((await visitor.get(path)).status).toBe(404);
		expect((await (await browser('ines')).get(path)).status).toBe(404);
	});

	test('are news too, well written whatever their words', async () => {
		const id = await planned({
			visibility: 'public',
			title: `<b>Un & "deux"</b> ]]> ${String.fromCharCode(1)}`,
		});
		const hidden = await planned({ visibility: 'network' });
		const { html, headers } = await visitor.get('/agenda.atom');
		expect(headers.get('content-type')).toContain('application/atom+xml');
		expect(html).toContain(`/e/${id}`);
		expect(html).toContain('<title>&#60;b&#62;Un &#38; &#34;deux&#34;&#60;/b&#62; ]]&#62; </title>');
		expect(html).not.toContain(hidden);
		expect(html.match(/<entry>/g)?.length).toBe(html.match(/<\/entry>/g)?.length);
	});
});
