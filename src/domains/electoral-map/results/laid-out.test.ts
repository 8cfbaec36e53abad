import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableOf } from '../files/given.fixture.ts';
import { candidates, layoutA, layoutB, layoutWide, type MadeCount, madeCounts } from './laid-out.fixture.ts';
import { type ResultsRead, readResults } from './read.ts';

const read = async (text: string) => readResults([await tableOf(text)]);
const keyOf = ({ department, commune, station }: MadeCount) => `${department}${commune}_${station}`;
/** What the file tells, whatever its layout: figures by station, voices in the order of the file. */
const told = ({ counts }: ResultsRead) =>
	new Map(
		counts.map(({ key, registered, voters, blank, spoilt, valid, voices }) => [
			key,
			[registered, voters, blank, spoilt, valid, ...voices.map(({ votes }) => votes)],
		]),
	);
const meant = (counts: MadeCount[]) =>
	new Map(
		counts.map((one) => [
			keyOf(one),
			[
				...[
					one.registered,
					one.voters,
					one.blank,
					one.spoilt,
					one.votes.reduce((sum, votes) => sum + votes, 0),
				],
				...one.votes,
			],
		]),
	);

const layouts: [string, (counts: MadeCount[]) => string][] = [
	['the Ministry in 2017', layoutA],
	['the Ministry in 2024', layoutB],
	['normalised copies', layoutWide],
];

describe('a count is the same however it is laid out', () => {
	test.each(layouts)('%s', async (_, layout) => {
		await fc.assert(
			fc.asyncProperty(madeCounts, async (counts) => {
				const found = await read(layout(counts));
				expect(found.problems).toEqual([]);
				expect(told(found)).toEqual(meant(counts));
				expect(found.totals).toMatchObject({
					stations: counts.length,
					registered: counts.reduce((sum, one) => sum + one.registered, 0),
					voters: counts.reduce((sum, one) => sum + one.voters, 0),
				});
				for (const { voices } of found.counts)
					for (const [at, { name }] of voices.entries()) expect(name).toContain(candidates[at]);
			}),
			{ numRuns: 40 },
		);
	});

	test('zeros that a spreadsheet ate are put back', async () => {
		await fc.assert(
			fc.asyncProperty(madeCounts, async (counts) => {
				expect(told(await read(layoutB(counts, { isBare: true })))).toEqual(meant(counts));
			}),
			{ numRuns: 40 },
		);
	});

	test('in an old Windows file as in a new one, with a mark at its head or not', async () => {
		await fc.assert(
			fc.asyncProperty(madeCounts, async (counts) => {
				const text = layoutA(counts);
				const plain = await read(text);
				const windows = await readResults([await tableOf(Buffer.from(text, 'latin1'))]);
				expect(windows.counts).toEqual(plain.counts);
				expect((await read(`\ufeff${text}`)).counts).toEqual(plain.counts);
			}),
			{ numRuns: 15 },
		);
	});
});

describe('the order of lines and columns is the publisher’s own', () => {
	const orders = fc.infiniteStream(fc.nat());
	const shuffled = <T>(things: T[], draws: Iterator<number>) =>
		things
			.map((thing) => ({ thing, at: draws.next().value as number }))
			.sort((a, b) => a.at - b.at)
			.map(({ thing }) => thing);

	test('lines in another order tell the same', async () => {
		await fc.assert(
			fc.asyncProperty(madeCounts, orders, async (counts, draws) => {
				const again = await read(layoutB(shuffled(counts, draws)));
				expect(told(again)).toEqual(meant(counts));
			}),
			{ numRuns: 25 },
		);
	});

	test('columns in another order tell the same, where each has its name', async () => {
		await fc.assert(
			fc.asyncProperty(madeCounts, orders, async (counts, draws) => {
				const rows = layoutWide(counts)
					.split('\r\n')
					.map((line) => line.split(','));
				const places = [...(rows[0] ?? []).keys()];
				// Candidates come after what they are counted in
				const order = [...shuffled(places.slice(0, 8), draws), ...shuffled(places.slice(8), draws)];
				const found = await read(rows.map((cells) => order.map((at) => cells[at]).join()).join('\n'));
				const names = order.map((at) => rows[0]?.[at] ?? '').filter((name) => candidates.includes(name));
				for (const { key, registered, voices } of found.counts) {
					const one = counts.find((made) => keyOf(made) === key);
					expect([key, registered]).toEqual([key, one?.registered]);
					expect(voices.map(({ votes }) => votes)).toEqual(
						names.map((name) => one?.votes[candidates.indexOf(name)]),
					);
				}
			}),
			{ numRuns: 25 },
		);
	});
});

describe('a file that was spoiled is never half believed', () => {
	test('one line given twice keeps it out, and both lines are named', async () => {
		await fc.assert(
			fc.asyncProperty(madeCounts, fc.nat(), async (counts, seed) => {
				const twice = counts[seed % counts.length]!;
				const { problems, counts: taken } = await read(layoutWide([...counts, twice]));
				expect(taken).toEqual([]);
				expect(problems).toMatchObject([
					{
						key: 'electoral-map.problem_station_twice',
						args: { station: keyOf(twice), first: (seed % counts.length) + 2 },
						line: counts.length + 2,
					},
				]);
			}),
			{ numRuns: 30 },
		);
	});

	test('one count that is no count keeps it out, with its line and what was found', async () => {
		const odd = fc.constantFrom('n.c.', '12.5', '71%', '-3', '', '1e3', '#REF!', '٣', '1 2 3 x');
		await fc.assert(
			fc.asyncProperty(madeCounts, fc.nat(), odd, async (counts, seed, found) => {
				const lines = layoutWide(counts).split('\r\n');
				const at = (seed % counts.length) + 1;
				const cells = (lines[at] ?? '').split(',').with(3, found);
				const { problems, counts: taken } = await read(lines.with(at, cells.join()).join('\n'));
				expect(taken).toEqual([]);
				expect(problems[0]).toMatchObject({ key: 'electoral-map.problem_not_a_count', line: at + 1 });
			}),
			{ numRuns: 40 },
		);
	});

	test('cut anywhere, it is refused, or tells of whole stations alone', async () => {
		await fc.assert(
			fc.asyncProperty(madeCounts, fc.double({ min: 0, max: 1, noNaN: true }), async (counts, part) => {
				const text = layoutWide(counts);
				const cut = text.slice(0, Math.floor(text.length * part));
				const found = await read(cut).catch(() => null);
				if (!found || found.problems.length > 0) return;
				const all = meant(counts);
				// The last line may be short of a last digit: its sum is then told as a remark
				const wrong = found.counts.filter(({ key }) => told(found).get(key)?.join() !== all.get(key)?.join());
				expect(wrong.length).toBeLessThanOrEqual(1);
				if (wrong.length === 1)
					expect(found.remarks.map(({ args }) => args.station)).toContain(wrong[0]?.key);
			}),
			{ numRuns: 60 },
		);
	});
});
