import type { Unit } from '../pages/lines.ts';
import type { Saying } from '../pages/said.ts';
import type { ShownStation } from '../pages/station-said.ts';

/** Makes lines of the list as `Ranked.svelte` writes them, from the one that the page keeps aside. */
export function lineMaker(words: Saying): (station: ShownStation, by: Unit) => Node {
	const model = document
		.querySelector<HTMLTemplateElement>('[data-ranked-line]')
		?.content.querySelector('li');
	return (station, by) => {
		const line = (model?.cloneNode(true) ?? document.createElement('li')) as HTMLLIElement;
		line.classList.toggle('active', station.both);
		line.classList.toggle('faded', station.rank === null);
		const fill = (selector: string, text: string | null) => {
			const place = line.querySelector(selector);
			if (text === null) place?.remove();
			else if (place) place.textContent = text;
		};
		fill('.station-no', by === 'commune' ? String(station.rank ?? '–') : station.number);
		line.querySelector('a')?.setAttribute('href', station.href);
		fill('a .sr-only', `${words.say('electoral-map.station', { number: station.number })}, `);
		fill('a b', station.name);
		fill('.commune', station.commune);
		fill('.told', station.facts);
		if (station.target === null) fill('.target', null);
		else fill('.target span:last-child', station.target);
		if (station.doubt === null) fill('.doubt', null);
		else fill('.doubt span', station.doubt);
		fillWhy(line, station, words);
		return line;
	};
}

function fillWhy(line: HTMLElement, { why, rank }: ShownStation, words: Saying): void {
	const folded = line.querySelector('.why');
	if (why.length === 0) folded?.remove();
	const summary = folded?.querySelector('summary');
	if (summary) summary.textContent = words.say('electoral-map.rank', { rank: rank ?? 0 });
	folded?.querySelector('ul')?.replaceChildren(
		...why.map((reason) => {
			const item = document.createElement('li');
			item.textContent = reason;
			return item;
		}),
	);
}
