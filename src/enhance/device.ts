import { all, make, sentence, whenSaid } from './page.ts';

type Policies = {
	createPolicy(
		name: string,
		rules: { createScriptURL(address: string): string },
	): {
		createScriptURL(address: string): string;
	};
};
type News = { waiting?: number; refused?: number };

const keepsKey = 'device:keeps';
const installed = () => matchMedia('(display-mode: standalone)').matches;
const wants = () => localStorage.getItem(keepsKey) ?? (installed() ? '1' : '');
const whose = () => document.querySelector<HTMLElement>('[data-says]')?.dataset.person ?? '';

/**
 * What this device keeps for reading and for sending without network (src/worker): only where its person asked, or where
 * Coopol is installed. `[data-device]` (a box) asks; `[data-forget]` (a form) takes all away; a bar says what waits.
 */
export function followDevice(): void {
	if (!('serviceWorker' in navigator)) return;
	sayKept();
	offerKeeping();
	if (wants()) void start();
	for (const form of all('form[data-forget]')) form.addEventListener('submit', () => tell({ forget: true }));
}

const tell = (message: object) => navigator.serviceWorker.controller?.postMessage(message);

let allowed: string | undefined;

/** The worker's address names this build; no other address is ever run. A page may make its policy once. */
function workerAddress(): string {
	const address = `/enhance-worker.js${new URL(import.meta.url).search}`;
	const { trustedTypes } = window as { trustedTypes?: Policies };
	const rules = {
		createScriptURL(asked: string) {
			if (asked !== address) throw new TypeError(asked);
			return asked;
		},
	};
	allowed ??= trustedTypes?.createPolicy('worker', rules).createScriptURL(address) ?? address;
	return allowed;
}

async function start(): Promise<void> {
	const { serviceWorker } = navigator;
	serviceWorker.addEventListener('message', ({ data }) => sayWaiting(data as News));
	await serviceWorker.register(workerAddress());
	const { active } = await serviceWorker.ready;
	// The pages kept for everybody do not know whose they are: they only ask that what waits be sent.
	const say = () =>
		active?.postMessage({ ...(whose() && { device: { person: whose(), keeps: true } }), send: true });
	say();
	addEventListener('online', say);
}

/** No longer on this device: its copies go, and the worker with them. */
async function stop(): Promise<void> {
	tell({ forget: true });
	for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
}

function offerKeeping(): void {
	for (const box of all<HTMLInputElement>('input[data-device]')) {
		box.checked = !!wants();
		box.disabled = false;
		box.addEventListener('change', () => {
			localStorage.setItem(keepsKey, box.checked ? '1' : '');
			void (box.checked ? start() : stop());
		});
	}
}

/** A page that comes from this device says so, and since when. */
function sayKept(): void {
	const at = document.body.dataset.keptAt;
	if (!at) return;
	bar('kept', sentence('kept').replace('{at}', whenSaid(new Date(at))), location.pathname, sentence('retry'));
}

function sayWaiting({ waiting = 0, refused = 0 }: News): void {
	const text = [waiting && sentence('waiting', waiting), refused && sentence('refused', refused)];
	bar('later', text.filter(Boolean).join(' '), '/en-attente', sentence('see'));
	const app = navigator as { setAppBadge?(n: number): Promise<void>; clearAppBadge?(): Promise<void> };
	void (waiting + refused ? app.setAppBadge?.(waiting + refused) : app.clearAppBadge?.())?.catch(() => {});
}

/** One dark line at the top of the page, replaced or taken away by the next of its name. */
function bar(name: string, text: string, href: string, label: string): void {
	document.querySelector(`[data-bar="${name}"]`)?.remove();
	if (!text) return;
	const line = make('div', { class: 'notice bar', role: 'status', 'data-bar': name });
	line.append(make('p', { class: 'says' }, text), make('a', { href }, label));
	document.querySelector('main')?.prepend(line);
}
