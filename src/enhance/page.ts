/** Elements of the page that match, with their type. */
export function all<E extends HTMLElement>(selector: string): E[] {
	return [...document.querySelectorAll<E>(selector)];
}

/** What a click on a link does instead of leading there, unless it asks for a tab or a window. */
export function instead(link: HTMLElement, act: () => void): void {
	link.addEventListener('click', (event) => {
		if (event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		act();
	});
}

/** A new element with attributes and text (never markup). */
export function make<K extends keyof HTMLElementTagNameMap>(
	tag: K,
	attributes: Record<string, string> = {},
	text = '',
): HTMLElementTagNameMap[K] {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
	if (text) element.textContent = text;
	return element;
}

/** The sentence that the server wrote for us on `[data-says]` under this name, with {n} replaced; empty when it did not. */
export function sentence(name: string, n?: number): string {
	const template = document.querySelector<HTMLElement>('[data-says]')?.dataset[name] ?? '';
	return n === undefined ? template : template.replace('{n}', String(n));
}

/** Says a sentence to screen readers; `shown` also shows it like a toast. */
export function say(text: string, shown = false): void {
	const region = document.querySelector<HTMLElement>('[data-says]');
	if (!region) return;
	region.className = shown && text ? 'toast' : 'sr-only';
	region.replaceChildren(...(text ? [make('p', {}, text)] : []));
}

/** Calls at most once per `ms`, with the last call winning. */
export function calmly(ms: number, act: () => unknown): () => void {
	let timer: ReturnType<typeof setTimeout>;
	return () => {
		clearTimeout(timer);
		timer = setTimeout(act, ms);
	};
}

/** A day and an hour in the language of the page, the hour as it writes them ("12 h 21"). */
export function whenSaid(at: Date): string {
	const { lang } = document.documentElement;
	const said = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeStyle: 'short' }).format(at);
	return lang === 'fr' ? said.replace(/(\d+):(\d+)$/, '$1\u00a0h\u00a0$2') : said;
}

/** The address of another script of ours, of the same build as this one. */
export const script = (name: string): string => `/${name}.js${new URL(import.meta.url).search}`;
