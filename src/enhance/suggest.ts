import { all, calmly, make, say, sentence } from './page.ts';

type Suggestion = { value: string; label: string; hint?: string };
type Box = {
	input: HTMLInputElement;
	list: HTMLUListElement;
	into: HTMLInputElement | null;
	found: Suggestion[];
	active: number;
};

/**
 * `input[data-suggest="/address?q="]` becomes a combobox: what is typed is added to the address, the answer is
 * `[{value,label,hint}]`. Choosing writes the value in the field; with `data-suggest-into="#id"`, the label in
 * the field and the value there.
 */
export function suggest(): void {
	for (const input of all<HTMLInputElement>('input[data-suggest]')) listen(open(input));
}

function open(input: HTMLInputElement): Box {
	const id = `${input.id || input.name}-list`;
	const name = input.labels?.[0]?.textContent ?? input.name;
	const list = make('ul', { id, role: 'listbox', class: 'suggest-list', 'aria-label': name, hidden: '' });
	const focused = document.activeElement === input;
	const around = make('div', { class: 'suggest' });
	input.before(around);
	around.append(input, list);
	if (focused) input.focus();
	const traits = {
		role: 'combobox',
		autocomplete: 'off',
		'aria-autocomplete': 'list',
		'aria-expanded': 'false',
	};
	for (const [trait, value] of Object.entries(traits)) input.setAttribute(trait, value);
	input.setAttribute('aria-controls', id);
	return {
		input,
		list,
		into: document.querySelector(input.dataset.suggestInto || 'none'),
		found: [],
		active: -1,
	};
}

function listen(box: Box): void {
	const { input, list, into } = box;
	const ask = asker(box);
	input.addEventListener('input', () => {
		if (into) into.value = '';
		ask();
	});
	input.addEventListener('keydown', (event) => {
		const act = list.hidden ? undefined : keys[event.key];
		if (act?.(box)) event.preventDefault();
	});
	input.addEventListener('blur', () => show(box, []));
	// The field keeps the focus while a line is pressed.
	list.addEventListener('pointerdown', (event) => event.preventDefault());
	list.addEventListener('click', (event) => {
		choose(
			box,
			[...list.children].findIndex((child) => child.contains(event.target as Node)),
		);
	});
}

/** What a key does on an open list; false leaves the key to the browser. */
const keys: Record<string, (box: Box) => boolean> = {
	ArrowDown: (box) => mark(box, (box.active + 1) % box.found.length),
	ArrowUp: (box) => mark(box, (box.active <= 0 ? box.found.length : box.active) - 1),
	Enter: (box) => choose(box, box.active),
	Escape: (box) => show(box, []),
};

function show(box: Box, items: Suggestion[]): true {
	box.found = items;
	box.list.replaceChildren(...items.map((item, i) => line(item, `${box.list.id}-${i}`)));
	box.list.hidden = items.length === 0;
	box.input.setAttribute('aria-expanded', String(items.length > 0));
	return mark(box, -1);
}

function mark(box: Box, to: number): true {
	box.active = to;
	for (const [i, child] of [...box.list.children].entries())
		child.setAttribute('aria-selected', String(i === to));
	const marked = box.list.children[to];
	if (marked) box.input.setAttribute('aria-activedescendant', marked.id);
	else box.input.removeAttribute('aria-activedescendant');
	marked?.scrollIntoView({ block: 'nearest' });
	return true;
}

function choose(box: Box, to: number): boolean {
	const item = box.found[to];
	if (!item) return false;
	box.input.value = box.into ? item.label : item.value;
	if (box.into) box.into.value = item.value;
	box.input.dispatchEvent(new Event('change', { bubbles: true }));
	return show(box, []);
}

function asker(box: Box): () => void {
	let asked: AbortController | undefined;
	return calmly(200, async () => {
		asked?.abort();
		asked = new AbortController();
		const typed = box.input.value.trim();
		if (typed.length < 2) return show(box, []);
		const items = await fetchSuggestions(box.input.dataset.suggest ?? '', typed, asked.signal);
		if (!items || document.activeElement !== box.input) return;
		show(box, items);
		say(sentence('suggestions', items.length));
	});
}

function line(item: Suggestion, id: string): HTMLElement {
	const element = make('li', { id, role: 'option', 'aria-selected': 'false' }, item.label);
	if (item.hint) element.append(make('small', {}, item.hint));
	return element;
}

/** Undefined when another question replaced this one or the network failed: what is shown stays. */
async function fetchSuggestions(
	address: string,
	typed: string,
	signal: AbortSignal,
): Promise<Suggestion[] | undefined> {
	const url = new URL(address + encodeURIComponent(typed), location.href);
	if (url.origin !== location.origin) return undefined;
	try {
		const answer = await fetch(url, { signal, headers: { accept: 'application/json' } });
		return answer.ok ? ((await answer.json()) as Suggestion[]) : undefined;
	} catch {
		return undefined;
	}
}
