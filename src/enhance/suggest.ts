import { all, calmly, make, say, sentence } from './page.ts';

export type Suggestion = { value: string; label: string; hint?: string };
type Typing = HTMLInputElement | HTMLTextAreaElement;
/** How a field is read and written: what is looked for, and what a choice does. */
export type Manner = {
	address: string;
	typed: () => string;
	put: (chosen: Suggestion) => void;
	typing?: () => void;
};
type Box = Manner & { input: Typing; list: HTMLUListElement; found: Suggestion[]; active: number };

/**
 * `input[data-suggest="/address?q="]` becomes a combobox: what is typed is added to the address, the answer is
 * `[{value,label,hint}]`. Choosing writes the value in the field; with `data-suggest-into="#id"`, the label in
 * the field and the value there.
 */
export function suggest(): void {
	for (const input of all<HTMLInputElement>('input[data-suggest]')) offer(input, whole(input));
}

/** Proposes while somebody types in a field. */
export const offer = (input: Typing, manner: Manner) => listen(open(input, manner));

/** The whole field is looked for, and replaced. */
function whole(input: HTMLInputElement): Manner {
	const into = document.querySelector<HTMLInputElement>(input.dataset.suggestInto || 'none');
	return {
		address: input.dataset.suggest ?? '',
		typed: () => input.value.trim(),
		typing: () => {
			if (into) into.value = '';
		},
		put: ({ value, label }) => {
			input.value = into ? label : value;
			if (into) into.value = value;
			input.dispatchEvent(new Event('change', { bubbles: true }));
		},
	};
}

function open(input: Typing, manner: Manner): Box {
	const id = `${input.id || input.name}-list`;
	const name = input.labels?.[0]?.textContent ?? input.name;
	const list = make('ul', { id, role: 'listbox', class: 'suggest-list', 'aria-label': name, hidden: '' });
	const focused = document.activeElement === input;
	const around = make('div', { class: 'suggest' });
	input.before(around);
	around.append(input, list);
	if (focused) input.focus();
	// A text of several lines stays a text box: it may not be called a combobox.
	const traits = {
		'aria-autocomplete': 'list',
		...(input instanceof HTMLInputElement && {
			role: 'combobox',
			autocomplete: 'off',
			'aria-expanded': 'false',
		}),
	};
	for (const [trait, value] of Object.entries(traits)) input.setAttribute(trait, value);
	input.setAttribute('aria-controls', id);
	return { ...manner, input, list, found: [], active: -1 };
}

function listen(box: Box): void {
	const { list } = box;
	const input: HTMLElement = box.input;
	const ask = asker(box);
	input.addEventListener('input', () => {
		box.typing?.();
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
	if (box.input.role === 'combobox') box.input.setAttribute('aria-expanded', String(items.length > 0));
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
	box.put(item);
	return show(box, []);
}

function asker(box: Box): () => void {
	let asked: AbortController | undefined;
	return calmly(200, async () => {
		asked?.abort();
		asked = new AbortController();
		const typed = box.typed();
		if (typed.length < 2) return show(box, []);
		const items = await fetchSuggestions(box.address, typed, asked.signal);
		// Typed on meanwhile, or left: an answer to other words is none.
		if (!items || document.activeElement !== box.input || box.typed() !== typed) return;
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
