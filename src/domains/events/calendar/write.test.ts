import { describe, expect, test } from 'vitest';
import { house, wordsOf } from '#platform/house.ts';
import { newId } from '#platform/ids.ts';
import { stage } from '#tests/stage.ts';
import type { Entry } from './entries.ts';
import { readBack } from './read-back.fixture.ts';
import { calendarText } from './write.ts';

stage();

const entry = (given: Partial<Entry>): Entry => ({
	...{ id: newId(), sequence: 0, title: 'Stand', text: '', place: '', latitude: null, longitude: null },
	...{ online_url: null, time_zone: 'Europe/Paris', visibility: 'public', cancelled_at: null },
	...{ starts_at: new Date('2027-03-27T18:00:00Z'), ends_at: new Date('2027-03-27T20:00:00Z') },
	...{ created_at: new Date('2027-01-01'), changed_at: new Date('2027-01-02T03:04:05Z') },
	...{ cancel_reason: '', unit: 'Section de Villebrume', answer: 'coming', waiting: false },
	...given,
});
const written = async (...entries: Entry[]) => {
	const settings = await house();
	return calendarText(settings, wordsOf(settings), { name: 'Agenda', entries });
};

describe('a calendar, read by another program', () => {
	test.each([
		['before the clocks go forward', 'Europe/Paris', '2027-03-27T18:00:00Z', '2027-03-27T19:00:00'],
		['after they did', 'Europe/Paris', '2027-03-28T18:00:00Z', '2027-03-28T20:00:00'],
		['after the clocks went back', 'Europe/Paris', '2027-10-31T18:00:00Z', '2027-10-31T19:00:00'],
		['in La Réunion', 'Indian/Reunion', '2027-07-01T14:00:00Z', '2027-07-01T18:00:00'],
		['in Guadeloupe', 'America/Guadeloupe', '2027-07-01T22:00:00Z', '2027-07-01T18:00:00'],
		['in New Caledonia, the next day', 'Pacific/Noumea', '2027-07-01T22:00:00Z', '2027-07-02T09:00:00'],
		[
			'in Saint-Pierre-et-Miquelon in summer',
			'America/Miquelon',
			'2027-07-01T22:00:00Z',
			'2027-07-01T20:00:00',
		],
		[
			'in Saint-Pierre-et-Miquelon in winter',
			'America/Miquelon',
			'2027-12-01T22:00:00Z',
			'2027-12-01T19:00:00',
		],
	])('says the hour of the place: %s', async (_, zone, instant, local) => {
		const starts_at = new Date(instant);
		const text = await written(
			entry({ time_zone: zone, starts_at, ends_at: new Date(starts_at.getTime() + 3_600_000) }),
		);
		expect(readBack(text)).toMatchObject([{ zone, said: local, start: starts_at.toISOString() }]);
	});

	test('in the hour that comes twice, is right about which one', async () => {
		for (const instant of ['2027-10-31T00:30:00.000Z', '2027-10-31T01:30:00.000Z']) {
			const starts_at = new Date(instant);
			const ends_at = new Date(starts_at.getTime() + 7_200_000);
			expect(readBack(await written(entry({ starts_at, ends_at })))).toMatchObject([
				{ start: instant, end: ends_at.toISOString() },
			]);
		}
	});

	test('an event that crosses midnight, and the change of hour, ends the next day', async () => {
		const [starts_at, ends_at] = [new Date('2027-03-27T22:00:00Z'), new Date('2027-03-28T02:00:00Z')];
		const [read] = readBack(await written(entry({ starts_at, ends_at })));
		expect(read).toMatchObject({ start: starts_at.toISOString(), end: ends_at.toISOString() });
	});

	test('words with every sign come back as they were, in lines that any program takes', async () => {
		const title = 'Café, tracts ; « l’été » \\ "ici" : 🌻 '.repeat(6).trim();
		const text = 'Un\ndeux, trois ; quatre \\n cinq\n\nfin';
		const file = await written(entry({ title, text, place: 'Place des Œillets, 3 ; bâtiment B' }));
		const [read] = readBack(file);
		expect(read).toMatchObject({ title, place: 'Place des Œillets, 3 ; bâtiment B' });
		expect(read?.text).toContain(text);
		expect(file.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
	});

	test('nobody writes another line into it', async () => {
		for (const end of ['\r\n', '\n', '\r', '\u2028', '\u0085', '\u0000'])
			for (const field of ['title', 'text', 'place', 'cancel_reason', 'unit'] as const) {
				const hostile = `x${end}ATTENDEE:mailto:a@b.example${end}END:VEVENT${end}BEGIN:VEVENT`;
				const file = await written(entry({ [field]: hostile, cancelled_at: new Date('2027-01-01') }));
				const read = readBack(file);
				expect(read).toHaveLength(1);
				expect(read[0]?.names).not.toContain('attendee');
				expect(file.match(/^(ATTENDEE|END:VEVENT)/gm)).toEqual(['END:VEVENT']);
			}
		const zone = await written(entry({ time_zone: 'Europe/Paris\r\nATTENDEE:x' }));
		expect(readBack(zone)[0]?.names).not.toContain('attendee');
	});

	test('a cancelled one is still there, and says so; a change raises its number', async () => {
		const file = await written(
			entry({ title: 'Stand', sequence: 4, cancelled_at: new Date('2027-01-01'), cancel_reason: 'Pluie' }),
		);
		expect(readBack(file)).toMatchObject([
			{
				status: 'CANCELLED',
				sequence: 4,
				changed: '2027-01-02T03:04:05Z',
				title: expect.stringContaining('Annulé'),
			},
		]);
	});

	test('is the same text as long as nothing changed; an empty one is a calendar too', async () => {
		const one = entry({});
		expect(await written(one)).toBe(await written(one));
		expect(readBack(await written())).toEqual([]);
	});
});
