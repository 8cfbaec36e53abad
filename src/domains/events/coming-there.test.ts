import { expect, test } from 'vitest';
import { browser } from '#tests/browse.ts';
import { as, stage } from '#tests/stage.ts';
import { toChange } from './answers.ts';
import { api } from './api.ts';
import { change } from './change.ts';
import { create } from './create.ts';
import { showEvent } from './show.ts';
import { inHours, planned, said } from './stage.fixture.ts';
import { daysUntil } from './time.ts';

stage();

const access = 'Bus 4, arrêt Marché\nAccès de plain-pied';
const here = { place_name: 'Place des Œillets', street: '2 place des Œillets', access };

test('how one comes is said by who organises, read on the page, by programs, on the poster and without an account', async () => {
	const samuel = await as('samuel');
	const id = await create(samuel, said({ ...here, visibility: 'public' }));
	const { main, html } = await (await browser('odile')).get(`/evenements/${id}`);
	expect(main).toMatch(/S’y rendre.*2 place des Œillets.*Bus 4, arrêt Marché.*Accès de plain-pied/s);
	expect(html).toContain('https://www.openstreetmap.org/search?query=2+place+des+%C5%92illets');
	const poster = await (await browser('odile')).get(`/evenements/${id}/affiche`);
	expect(poster.html).toContain('Bus 4, arrêt Marché · Accès de plain-pied');
	const visitor = await (await browser('visitor')).get(`/e/${id}`);
	expect(visitor.main).toContain('Accès de plain-pied');
	const read = await api['GET /api/v1/events/[id]']!.act(await as('odile'), {}, { id });
	expect(read).toMatchObject({ access });
});

test('it is filled in again by the form of a change, and every date of what comes back says it', async () => {
	const samuel = await as('samuel');
	const id = await create(samuel, said({ ...here, repeat: 'weekly' }));
	expect(await toChange(samuel, id)).toMatchObject({ access });
	const { seriesId, after } = await showEvent(samuel, id);
	expect(seriesId).not.toBeNull();
	expect(await showEvent(samuel, after!.id)).toMatchObject({ access });
	await change(samuel, id, { ...said({ ...here, access: 'Bus 7' }), scope: 'following', sequence: null });
	expect((await showEvent(samuel, after!.id)).access).toBe('Bus 7');
});

test('a place that no map finds has no way to it; nothing is said of what nobody wrote', async () => {
	const id = await planned();
	expect((await (await browser('odile')).get(`/evenements/${id}`)).main).not.toContain('S’y rendre');
});

test('the day is told as one counts: today, tomorrow, in so many days; what is past or far is not counted', async () => {
	const odile = await browser('odile');
	const head = async (startsAt: Date) => (await odile.get(`/evenements/${await planned({ startsAt })}`)).main;
	expect(await head(inHours(24 * 6))).toContain('dans 6 jours');
	expect(await head(inHours(24))).toContain('demain');
	expect(await head(inHours(24 * 50))).not.toMatch(/dans \d+ jours/);
	expect(await head(inHours(-48))).not.toContain('jours');
	const [late, early] = [new Date('2026-11-30T22:30:00Z'), new Date('2026-11-30T23:30:00Z')];
	expect(daysUntil(early, 'Europe/Paris', late)).toBe(1);
	expect(daysUntil(early, 'Indian/Reunion', late)).toBe(0);
});
