import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { sayingFew } from '#platform/wording/few.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import type { Asked, Criterion } from '../measures/criteria.ts';
import { criterionName } from '../pages/asked.ts';
import { answering } from '../pages/moved.ts';
import type { ToMove } from '../pages/to-move.ts';
import { cover, layTowns, townLike } from '../sheet/towns.fixture.ts';
import { Part, pageOf } from './page.fixture.ts';
import { redraw } from './redraw.ts';

stage();

let odile: Browser;
let given: ToMove;
beforeAll(async () => {
	// One station has no outline, as that of a prison: it is in the list, and nowhere in the drawing.
	const town = townLike('X01001', ({ stations }) => {
		stations[13]!.outline = null;
	});
	// More stations than the page shows at first: the others are folded.
	await layTowns(town, townLike('X01002'));
	await cover('villebrume', 'X01001', 'X01002');
	odile = await browser('odile');
	given = JSON.parse((await odile.get('/carte/chiffres.json')).html);
});

const address = (criteria: Criterion[]) =>
	`/carte?${criteria.map((one, n) => `c${n + 1}=${criterionName(one)}&p${n + 1}=${one.weight}`).join('&')}`;
const pageFor = async (criteria: Criterion[]) => pageOf((await odile.get(address(criteria))).html);
/** The page, and how its sliders are moved. */
function moving(page: Part) {
	vi.stubGlobal('document', {
		createElement: (tag: string) => new Part(tag),
		querySelector: (selector: string) => page.querySelector(selector),
		querySelectorAll: (selector: string) => page.querySelectorAll(selector),
	});
	const { told, words, ...figures } = given;
	const ask = answering(figures);
	const draw = redraw(sayingFew(words), told);
	return (asked: Criterion[]) => {
		const { criteria, ...ranked } = ask(told.goal, asked);
		draw(criteria, ranked);
	};
}

const spaced = (text: string) => text.replace(/\s+/g, ' ').trim();
const linesOf = (page: Part) =>
	page.querySelectorAll('[data-ranked] li').filter(({ parent }) => parent?.classes.includes('map-list'));
/** What a person sees and hears of it. */
const seenOn = (page: Part) => ({
	list: linesOf(page).map((line) => ({
		looks: line.classes.toSorted(),
		href: line.querySelector('a')?.getAttribute('href'),
		text: spaced(line.textContent),
		isDoubtful: line.querySelector('.doubt:not([hidden])') !== null,
	})),
	colours: Object.fromEntries(
		page
			.querySelectorAll('[data-ground] a[data-key]')
			.map((one) => [one.dataset.key, one.querySelector('use')?.classes]),
	),
	rings: page.querySelectorAll('[data-ground] .rings use').map((ring) => ring.getAttribute('href')).length,
	first: page
		.querySelectorAll('g.number[data-key]')
		.flatMap((one) => (one.classes.includes('first') ? [one.dataset.key] : []))
		.toSorted(),
	legend: page.querySelectorAll('[data-legend]').map((one) => spaced(one.textContent)),
});
const spokenOn = (page: Part) =>
	Object.fromEntries(
		page
			.querySelectorAll('[data-ground] a[data-key]')
			.map((one) => [
				one.dataset.key,
				[one.getAttribute('aria-label'), one.querySelector('title')?.textContent],
			]),
	);
const opened = (page: Part) => {
	for (const part of page.querySelectorAll('details')) {
		part.open = true;
		for (const hear of part.listeners) hear();
	}
};
const usual: Criterion[] = [
	{ asked: 'abstention', toward: 'high', weight: 3 },
	{ asked: 'aged_60_more', toward: 'high', weight: 3 },
];

describe('a page whose sliders were moved', () => {
	test('looks and reads as the page that the server makes for the same question, whatever it is', async () => {
		const question = fc.tuple(
			fc.shuffledSubarray(given.choices as Asked[], { minLength: 2, maxLength: 2 }),
			fc.constantFrom('high' as const, 'low' as const),
			fc.constantFrom('high' as const, 'low' as const),
			fc.integer({ min: 1, max: 5 }),
			fc.integer({ min: 1, max: 5 }),
		);
		const criteriaOf = ([asked, one, two, a, b]: typeof question extends fc.Arbitrary<infer T>
			? T
			: never) => [
			{ asked: asked[0]!, toward: one, weight: a },
			{ asked: asked[1]!, toward: two, weight: b },
		];
		await fc.assert(
			fc.asyncProperty(fc.array(question, { minLength: 1, maxLength: 3 }), async (questions) => {
				const page = await pageFor(usual);
				const move = moving(page);
				for (const asked of questions) move(criteriaOf(asked));
				opened(page);
				const server = await pageFor(criteriaOf(questions.at(-1)!));
				expect(seenOn(page)).toEqual(seenOn(server));
				expect(seenOn(server).list).toHaveLength(28);
				await vi.waitFor(() => expect(spokenOn(page)).toEqual(spokenOn(server)), { timeout: 5000 });
			}),
			{ numRuns: 8 },
		);
	}, 60_000);

	test('marks the first one alone, though who was first is now the last', async () => {
		const turned = usual.map((one) => ({ ...one, toward: 'low' as const }));
		const page = await pageFor(usual);
		const move = moving(page);
		for (const asked of [turned, usual, turned]) {
			move(asked);
			expect(seenOn(page).first).toEqual(seenOn(await pageFor(asked)).first);
		}
	});

	test('moved by its weights alone keeps its colours, and changes its list', async () => {
		const page = await pageFor(usual);
		const move = moving(page);
		move(usual);
		const before = seenOn(page);
		move(usual.map((one, n) => ({ ...one, weight: n ? 5 : 1 })));
		const after = seenOn(page);
		expect([after.colours, after.rings, after.legend]).toEqual([before.colours, before.rings, before.legend]);
		expect(after.list).not.toEqual(before.list);
	});

	test('fills what is folded only once it is opened', async () => {
		const page = await pageFor(usual);
		const folded = () =>
			page.querySelectorAll('details [data-ranked] li').map((line) => spaced(line.textContent));
		const before = folded();
		moving(page)(usual.map((one) => ({ ...one, toward: 'low' })));
		expect(folded()).toEqual(before);
		opened(page);
		expect(folded()).not.toEqual(before);
	});
});
