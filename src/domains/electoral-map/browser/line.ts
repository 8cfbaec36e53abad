import type { Unit } from '../pages/lines.ts';
import type { Saying } from '../pages/said.ts';
import type { ShownStation } from '../pages/station-said.ts';

/** A line of the list that stays where it is, while the station that it tells changes. */
export interface Line {
	node: Node;
	show(station: ShownStation, by: Unit): void;
}

/** Makes lines of the list as `Ranked.svelte` writes them, from the one that the page keeps aside. */
export function lineMaker(words: Saying): () => Line {
	const model = document
		.querySelector<HTMLTemplateElement>('[data-ranked-line]')
		?.content.querySelector('li');
	return () => lineIn((model?.cloneNode(true) ?? document.createElement('li')) as HTMLLIElement, words);
}

// Nodes that stay are neither styled nor laid out anew: only the texts that changed are.
function lineIn(node: HTMLLIElement, words: Saying): Line {
	const link = node.querySelector('a');
	const [number, spoken, name, commune] = ['.station-no', 'a .sr-only', 'a b', '.commune'].map((selector) =>
		part(node, selector),
	) as [Fill, Fill, Fill, Fill];
	const facts = part(node, '.told');
	const target = part(node, '.target', 'span:last-child');
	const doubt = part(node, '.doubt', 'span');
	const rank = part(node, '.why', 'summary');
	const reasons = node.querySelector('.why ul');
	const show = (station: ShownStation, by: Unit) => {
		node.classList.toggle('active', station.both);
		node.classList.toggle('faded', station.rank === null);
		if (link?.getAttribute('href') !== station.href) link?.setAttribute('href', station.href);
		number(by === 'commune' ? String(station.rank ?? '–') : station.number);
		spoken(`${words.say('electoral-map.station', { number: station.number })}, `);
		name(station.name);
		commune(station.commune);
		facts(station.facts);
		target(station.target);
		doubt(station.doubt);
		rank(station.why.length ? words.say('electoral-map.rank', { rank: station.rank ?? 0 }) : null);
		if (reasons) fillReasons(reasons, station.why);
	};
	return { node, show };
}

type Fill = (text: string | null) => void;

/** How a part of a line is told, or hidden when there is nothing to tell; `within` it, where its text goes. */
function part(line: Element, selector: string, within?: string): Fill {
	const whole = line.querySelector<HTMLElement>(selector);
	const place = within ? whole?.querySelector(within) : whole;
	let told: string | null | undefined;
	return (text) => {
		if (!whole || !place || text === told) return;
		whole.hidden = text === null;
		if (text !== null) place.textContent = text;
		told = text;
	};
}

function fillReasons(list: Element, why: string[]): void {
	const items = [...list.querySelectorAll('li')];
	for (const [n, reason] of why.entries()) {
		const item = items[n] ?? list.appendChild(document.createElement('li'));
		if (item.textContent !== reason) item.textContent = reason;
	}
	for (const item of items.slice(why.length)) item.remove();
}
