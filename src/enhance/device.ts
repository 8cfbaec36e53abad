import { isKeeping, sayKeeping } from './keeping.ts';
import { all, make, sentence, whenSaid } from './page.ts';
import { beginWorker } from './worker.ts';

type News = { waiting?: number; refused?: number };

const whose = () => document.querySelector<HTMLElement>('[data-says]')?.dataset.person ?? '';

/**
 * What this device keeps for reading and for sending without network (src/worker): only where its person asked, or where
 * Coopol is installed. `[data-device]` (a box) asks; `[data-forget]` (a form) takes all away; a bar says what waits.
 */
export function followDevice(): void {
	if (!('serviceWorker' in navigator)) return;
	sayKept();
	offerKeeping();
	if (isKeeping()) void start();
	for (const form of all('form[data-forget]')) form.addEventListener('submit', () => tell({ forget: true }));
}

const tell = (message: object) => navigator.serviceWorker.controller?.postMessage(message);

async function start(): Promise<void> {
	const { serviceWorker } = navigator;
	// The pages kept for everybody do not know whose they are: they only ask that what waits be sent.
	const told = { person: whose(), send: true };
	const later = patience(() => tell(told));
	serviceWorker.addEventListener('message', ({ data }) => {
		sayWaiting(data as News);
		later((data as News).waiting ?? 0);
	});
	// A worker that already stands is told at once: who leaves this page quickly is known on the next one.
	const { controller } = serviceWorker;
	controller?.postMessage(told);
	const { active } = await beginWorker();
	const say = () => active?.postMessage(told);
	if (active !== controller) say();
	addEventListener('online', say);
}

const soonest = 4000;
const latest = 60_000;

/** A network that is said to be back often is not yet: what still waits is tried again, ever less often, while a page is open. */
function patience(send: () => void): (waiting: number) => void {
	let pause = soonest;
	let timer: ReturnType<typeof setTimeout> | undefined;
	return (waiting) => {
		clearTimeout(timer);
		if (!waiting) {
			pause = soonest;
			return;
		}
		timer = setTimeout(() => {
			pause = Math.min(pause * 2, latest);
			send();
		}, pause);
	};
}

/** No longer on this device: its copies go, and the worker with them unless it still tells things to who asked for that. */
async function stop(): Promise<void> {
	tell({ forget: true });
	for (const one of await navigator.serviceWorker.getRegistrations())
		if (!(await one.pushManager?.getSubscription())) await one.unregister();
}

function offerKeeping(): void {
	for (const box of all<HTMLInputElement>('input[data-device]')) {
		box.checked = isKeeping();
		box.disabled = false;
		box.addEventListener('change', () => {
			sayKeeping(box.checked);
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
