import { all } from './page.ts';

/** How often the camera's picture is looked at, in milliseconds. */
const LOOK = 250;

/**
 * `[data-door]`: a list where people are ticked, or a form beside it. Each press gets a one-time key of its own, for the same
 * page may stay open a whole evening without network; what waits on the device is shown as it will be.
 */
export function keepDoor(): void {
	if (!document.querySelector('[data-door]')) return;
	document.addEventListener('submit', ({ target }) => {
		const form = target as HTMLFormElement;
		const key = form.closest('[data-door]') && form.querySelector<HTMLInputElement>('input[name="_key"]');
		if (key) key.value = crypto.randomUUID();
	});
	void showWaiting();
}

/** What was last pressed for each person and has not left yet: `tick` or `untick`. */
async function waiting(): Promise<Map<string, string>> {
	const pressed = new Map<string, string>();
	if (!('caches' in window) || !(await caches.has('later'))) return pressed;
	const shelf = await caches.open('later');
	for (const key of await shelf.keys()) {
		const form = await shelf.match(key);
		const to = new URL(form?.headers.get('x-to') ?? '/', location.href);
		const act = /\?\/(tick|untick)\b|[?&]%2F(tick|untick)\b/.exec(to.search);
		if (!form || to.pathname !== location.pathname || !act || form.headers.get('x-state') === 'refused')
			continue;
		const fields = await form.formData().catch(() => null);
		pressed.set(String(fields?.get('person')), act[1] ?? act[2] ?? '');
	}
	return pressed;
}

async function showWaiting(): Promise<void> {
	const pressed = await waiting();
	for (const list of all<HTMLUListElement>('ul[data-door]'))
		for (const line of list.querySelectorAll<HTMLLIElement>('li[data-who]')) {
			const act = pressed.get(line.dataset.who ?? '');
			const form = line.querySelector('form');
			if (!act || !form || form.getAttribute('action')?.endsWith(`/${act}`) === false) continue;
			turn(line, form, act, list.dataset);
		}
}

/** The line as it will be once the network is back, with the way to take it back. */
function turn(
	line: HTMLElement,
	form: HTMLFormElement,
	act: string,
	{ waits = '', tick = '', undo = '' }: DOMStringMap,
) {
	form.setAttribute('action', act === 'tick' ? '?/untick' : '?/tick');
	const [button, ...others] = [...form.querySelectorAll('button')].toReversed();
	for (const other of others) other.hidden = true;
	const label = button?.querySelector('span');
	if (label) label.textContent = act === 'tick' ? undo : tick;
	button?.removeAttribute('aria-label');
	line.classList.toggle('there', act === 'tick');
	const note = document.createElement('span');
	note.className = 'meta';
	note.textContent = waits;
	line.querySelector('.body')?.append(note);
}

interface Reader {
	detect(picture: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
declare const BarcodeDetector: undefined | (new (options: { formats: string[] }) => Reader);

const scanning = 'door:scanning';

/** `[data-scan]`: reads codes with the camera where the browser knows how; the code fills its field and the form leaves. */
export function offerScan(): void {
	const [button] = all<HTMLButtonElement>('[data-scan]');
	const form = button?.closest<HTMLFormElement>('[data-scan-form]');
	if (!button || !form || typeof BarcodeDetector === 'undefined' || !navigator.mediaDevices) return;
	button.hidden = false;
	button.addEventListener('click', () => void scan(form));
	// One code after the other: the camera opens again by itself on the page that comes.
	if (sessionStorage.getItem(scanning) === location.pathname) void scan(form);
}

async function scan(form: HTMLFormElement): Promise<void> {
	const picture = form.querySelector<HTMLVideoElement>('[data-scan-picture]');
	const field = form.querySelector<HTMLInputElement>('input[name="code"]');
	if (!picture || !field || typeof BarcodeDetector === 'undefined') return;
	try {
		picture.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
	} catch {
		sessionStorage.removeItem(scanning);
		const refused = form.querySelector<HTMLElement>('[data-scan-refused]');
		if (refused) refused.hidden = false;
		return;
	}
	sessionStorage.setItem(scanning, location.pathname);
	picture.hidden = false;
	await picture.play().catch(() => {});
	picture.scrollIntoView({ block: 'center' });
	const reader = new BarcodeDetector({ formats: ['qr_code'] });
	const timer = setInterval(async () => {
		const [found] = await reader.detect(picture).catch(() => []);
		if (!found) return;
		clearInterval(timer);
		field.value = found.rawValue.slice(0, 400);
		form.requestSubmit();
	}, LOOK);
}
