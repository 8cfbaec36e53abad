import { all, calmly, make, say, sentence } from './page.ts';

type Suggestion = { value: string; label: string; hint?: string };

/**
 * `input[data-suggest="/address?q="]` becomes a combobox: what is typed is added to the address, the answer is
 * `[{value,label,hint}]`. Choosing writes the value in the field; with `data-suggest-into="#id"`, the label in the field and the value there.
 */
export function suggest(): void {
	for (const input of all<HTMLInputElement>('input[data-suggest]')) combobox(input);
}

function combobox(input: HTMLInputElement): void {
	const id = `${input.id || input.name}-list`;
	const list = make('ul', { id, role: 'listbox', class: 'suggest-list', 'aria-label': input.labels?.[0]?.textContent ?? input.name, hidden: '' });
	const into = document.querySelector<HTMLInputElement>(input.dataset.suggestInto || 'none');
	let found: Suggestion[] = [];
	let active = -1;
	let asked: AbortController | undefined;
	wrap(input, list, id);

	const show = (items: Suggestion[]) => {
		found = items;
		list.replaceChildren(...items.map((item, i) => option(item, `${id}-${i}`)));
		list.hidden = items.length === 0;
		input.setAttribute('aria-expanded', String(items.length > 0));
		mark(-1);
	};
	const mark = (to: number) => {
		active = to;
		[...list.children].forEach((child, i) => child.setAttribute('aria-selected', String(i === to)));
		const chosen = list.children[to];
		if (chosen) input.setAttribute('aria-activedescendant', chosen.id);
		else input.removeAttribute('aria-activedescendant');
		chosen?.scrollIntoView({ block: 'nearest' });
	};
	const choose = (to: number) => {
		const item = found[to];
		if (!item) return;
		input.value = into ? item.label : item.value;
		if (into) into.value = item.value;
		show([]);
		input.dispatchEvent(new Event('change', { bubbles: true }));
	};
	const ask = calmly(200, async () => {
		asked?.abort();
		asked = new AbortController();
		const typed = input.value.trim();
		const items = typed.length < 2 ? [] : await fetchSuggestions(input.dataset.suggest ?? '', typed, asked.signal);
		if (!items || document.activeElement !== input) return;
		show(items);
		if (typed.length >= 2) say(sentence('suggestions', items.length));
	});

	input.addEventListener('input', () => {
		if (into) into.value = '';
		ask();
	});
	input.addEventListener('keydown', (event) => {
		if (list.hidden) return;
		if (event.key === 'ArrowDown') mark((active + 1) % found.length);
		else if (event.key === 'ArrowUp') mark((active <= 0 ? found.length : active) - 1);
		else if (event.key === 'Enter' && active >= 0) choose(active);
		else if (event.key === 'Escape') show([]);
		else return;
		event.preventDefault();
	});
	input.addEventListener('blur', () => show([]));
	list.addEventListener('pointerdown', (event) => event.preventDefault());
	list.addEventListener('click', (event) => choose([...list.children].findIndex((child) => child.contains(event.target as Node))));
}

function wrap(input: HTMLInputElement, list: HTMLElement, id: string): void {
	const focused = document.activeElement === input;
	const box = make('div', { class: 'suggest' });
	input.before(box);
	box.append(input, list);
	if (focused) input.focus();
	for (const [name, value] of Object.entries({ role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id })) {
		input.setAttribute(name, value);
	}
}

function option(item: Suggestion, id: string): HTMLElement {
	const line = make('li', { id, role: 'option', 'aria-selected': 'false' }, item.label);
	if (item.hint) line.append(make('small', {}, item.hint));
	return line;
}

/** Undefined when another question replaced this one or the network failed: what is shown stays. */
async function fetchSuggestions(address: string, typed: string, signal: AbortSignal): Promise<Suggestion[] | undefined> {
	const url = new URL(address + encodeURIComponent(typed), location.href);
	if (url.origin !== location.origin) return undefined;
	try {
		const answer = await fetch(url, { signal, headers: { accept: 'application/json' } });
		return answer.ok ? ((await answer.json()) as Suggestion[]) : undefined;
	} catch {
		return undefined;
	}
}
