import type { Criterion } from '../measures/criteria.ts';
import type { Ranked, StationLine } from '../pages/lines.ts';
import { criterionSaid, type Saying } from '../pages/said.ts';
import { type ShownStation, stationSaid, type Told } from '../pages/station-said.ts';
import { type Line, lineMaker } from './line.ts';

const all = <E extends Element>(selector: string) => [...document.querySelectorAll<E>(selector)];

/** Draws an answer over the page of the server: classes, rings, numbers, list, legend. */
export function redraw(words: Saying, told: Omit<Told, 'criteria'>) {
	const shapes = new Map(
		all<SVGAElement>('[data-ground] a[data-key]').map((link) => [link.dataset.key, link]),
	);
	const numbers = new Map(all<SVGGElement>('g.number[data-key]').map((one) => [one.dataset.key, one]));
	const fillLists = listsOf(lineMaker(words), told.by);
	let before = '';
	return (criteria: Criterion[], ranked: Ranked) => {
		const said = (line: StationLine) => stationSaid(words, line, { ...told, criteria });
		const asked = criteria.map(({ asked, toward }) => asked + toward).join();
		// Of all of them: who was first may be the last now, behind those that are not drawn.
		for (const { key, rank } of numbers.size ? ranked.lines : [])
			numbers.get(key)?.classList.toggle('first', rank === 1);
		fillLists(ranked.lines, said);
		// Weights change the order alone: classes are of the criteria.
		if (asked === before) return;
		before = asked;
		paint(ranked.lines, shapes);
		sayLegend(words, criteria, ranked, told.by);
		later(ranked.lines, (line) => {
			const link = shapes.get(line.key);
			const { spoken } = said(line);
			link?.setAttribute('aria-label', spoken);
			const title = link?.querySelector('title');
			if (title) title.textContent = spoken;
		});
	};
}

function paint(lines: StationLine[], shapes: Map<string | undefined, SVGAElement>): void {
	const rings: Node[] = [];
	for (const { key, thirds, both } of lines) {
		const use = shapes.get(key)?.querySelector('use');
		const [up, across] = thirds;
		const cell = up == null || across == null ? 'none' : up * 3 + across;
		const look = `station cell-${cell}`;
		if (use && use.getAttribute('class') !== look) use.setAttribute('class', look);
		if (use && both) rings.push(ringOf(use));
	}
	document.querySelector('[data-ground] .rings')?.replaceChildren(...rings);
}

function ringOf(use: SVGUseElement): Node {
	const ring = use.cloneNode() as SVGUseElement;
	ring.setAttribute('class', 'ring');
	return ring;
}

/** How a list shows these stations: its lines stay, and tell others. */
function listOf(list: HTMLElement, make: () => Line, by: Told['by']) {
	const lines: Line[] = [];
	return (stations: ShownStation[]) => {
		const has = lines.length;
		while (lines.length < stations.length) lines.push(make());
		lines.length = stations.length;
		for (const [n, station] of stations.entries()) lines[n]?.show(station, by);
		if (lines.length !== has) list.querySelector('ol')?.replaceChildren(...lines.map(({ node }) => node));
	};
}

/** Fills the lists, each holding as many as it says, one after the other. A closed one waits until it is opened. */
function listsOf(make: () => Line, by: Told['by']) {
	const lists = all<HTMLElement>('[data-ranked]').map((list) => {
		const most = Number(list.dataset.ranked);
		const folded = list.closest<HTMLDetailsElement>('details');
		const fill = listOf(list, make, by);
		let waiting: (() => void) | null = null;
		folded?.addEventListener('toggle', () => {
			if (folded.open) waiting?.();
			waiting = null;
		});
		return { most, fill, folded, later: (act: () => void) => (waiting = act) };
	});
	return (lines: StationLine[], said: (line: StationLine) => ShownStation) => {
		let from = 0;
		for (const { most, fill, folded, later } of lists) {
			const own = lines.slice(from, from + most);
			const act = () => fill(own.map(said));
			if (folded && !folded.open) later(act);
			else act();
			from += most;
		}
	};
}

// words: electoral-map.legend_both*
function sayLegend(words: Saying, criteria: Criterion[], { sizes }: Ranked, by: Told['by']): void {
	for (const [n, one] of criteria.entries()) {
		const place = document.querySelector(`[data-legend="${n}"]`);
		if (place) place.textContent = criterionSaid(words, one);
	}
	const both = document.querySelector('[data-legend="both"]');
	const key = `electoral-map.legend_both${by === 'commune' ? '_communes' : ''}` as const;
	if (both) both.textContent = words.say(key, { n: sizes[8] ?? 0 });
}

let turn = 0;

/** What is only heard or hovered comes after what is seen, a hundred at a time; a newer move stops it. */
function later(lines: StationLine[], act: (line: StationLine) => void): void {
	const own = ++turn;
	const some = (from: number) => {
		if (own !== turn) return;
		for (const line of lines.slice(from, from + 100)) act(line);
		if (from + 100 < lines.length) setTimeout(() => some(from + 100));
	};
	setTimeout(() => some(0));
}
