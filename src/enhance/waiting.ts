import { all, make, whenSaid } from './page.ts';

/**
 * `[data-kept-forms]`: a list of the forms that wait on this device, written by src/worker, in the order they were sent: what was typed,
 * since when, and whether the house refused it. `[data-kept-pages]`: pages that can be read without network.
 */
export function listKept(): void {
	if (!('caches' in window)) return;
	for (const list of all('[data-kept-forms]')) {
		// Told several times at once, the list is written one telling after the other.
		const show = () => showForms(list);
		let shown = show();
		navigator.serviceWorker?.addEventListener('message', () => {
			shown = shown.then(show, show);
		});
	}
	for (const list of all('[data-kept-pages]')) void showPages(list);
}

/** Whose device the worker says it is: these pages, kept for everybody, do not know. */
const owner = async () =>
	((await (await caches.match('/appareil'))?.json()) as { person?: string } | undefined)?.person;

const shelfOf = async (name: string) => ((await caches.has(name)) ? caches.open(name) : null);

async function showPages(list: HTMLElement): Promise<void> {
	const shelf = await shelfOf('pages');
	for (const { url } of ((await shelf?.keys()) ?? []).toReversed()) {
		const html = await (await shelf?.match(url))?.text();
		const title = html?.match(/<title>([^<]*)<\/title>/)?.[1];
		if (!title) continue;
		const item = make('li');
		item.append(make('a', { href: new URL(url).pathname }, plain(title).replace(/ · [^·]*$/, '')));
		list.append(item);
	}
	fill(list);
}

async function showForms(list: HTMLElement): Promise<void> {
	const [shelf, person] = [await shelfOf('later'), await owner()];
	const before = [...list.children] as HTMLElement[];
	const lines: HTMLElement[] = [];
	for (const { url } of (await shelf?.keys()) ?? []) {
		const form = await shelf?.match(url);
		// On a device that several people use, each finds their own.
		if (!form || form.headers.get('x-person') !== person) continue;
		// A line that says the same stays the one it was: somebody may be about to press its button.
		const kept = `${url} ${form.headers.get('x-state')}`;
		const line = before.find(({ dataset }) => dataset.kept === kept) ?? (await lineOf(list, url, form));
		line.dataset.kept = kept;
		lines.push(line);
	}
	list.replaceChildren(...lines);
	fill(list);
}

/** The list shows, or what stands for an empty one. */
function fill(list: HTMLElement): void {
	list.hidden = !list.children.length;
	const empty = document.getElementById(list.dataset.empty ?? '');
	if (empty) empty.hidden = !list.hidden;
}

async function lineOf(list: HTMLElement, url: string, form: Response): Promise<HTMLElement> {
	const { at = '', drop = '', refused = '' } = list.dataset;
	const state = form.headers.get('x-state');
	const written = await textOf(form);
	const line = make('li');
	const body = make('span', { class: 'body' });
	body.append(
		make('span', {}, written),
		make('span', { class: 'meta' }, at.replace('{at}', whenSaid(new Date(form.headers.get('x-at') ?? 0)))),
	);
	if (state === 'refused') body.append(make('b', {}, refused));
	const button = make('button', { type: 'button', class: 'btn quiet small' }, drop);
	// What was typed is seen on the line; it goes only by a second touch.
	button.addEventListener('click', async () => {
		if (button.dataset.sure === undefined) {
			button.dataset.sure = '';
			button.textContent = list.dataset.sure ?? drop;
			return;
		}
		await (await shelfOf('later'))?.delete(url);
		line.remove();
		fill(list);
	});
	line.append(body, button);
	return line;
}

/** The words of a form, for its line: the longest thing that somebody typed. */
async function textOf(form: Response): Promise<string> {
	const fields = await form.formData().catch(() => null);
	const texts = [...(fields ?? [])].flatMap(([name, value]) =>
		name.startsWith('_') || typeof value !== 'string' ? [] : [value.trim()],
	);
	return (
		texts.toSorted((a, b) => b.length - a.length)[0]?.slice(0, 300) ||
		new URL(form.headers.get('x-to') ?? '/', location.href).pathname
	);
}

/** A title as it reads: the page's own writing of signs undone, without making markup of it. */
const plain = (title: string) =>
	title.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
