import { isKeeping } from './keeping.ts';
import { all, say, sentence } from './page.ts';

const SLOW = 3_000;
/** A form whose answer is a file never leaves the page: it may be sent again after this. */
const AGAIN = 15_000;

/** One tap sends once; after three seconds without an answer, we say that the connection is slow. `data-again` opts out. */
export function guardSubmits(): void {
	document.addEventListener('submit', (event) => {
		const form = event.target as HTMLFormElement;
		const method = (event.submitter as HTMLButtonElement | null)?.formMethod || form.method;
		if (event.defaultPrevented || method === 'dialog' || form.target || 'again' in form.dataset) return;
		if ('busy' in form.dataset || isCutOff()) event.preventDefault();
		else hold(form, event.submitter);
	});
	addEventListener('pageshow', ({ persisted }) => {
		if (persisted) for (const form of all<HTMLFormElement>('form[data-busy]')) release(form);
	});
}

/** No network, and nothing on this device that keeps what is sent until it is back: the browser's own error would take the page away. */
function isCutOff(): boolean {
	if (navigator.onLine || isKeeping()) return false;
	say(sentence('cut'), true);
	return true;
}

const timers = new WeakMap<HTMLFormElement, ReturnType<typeof setTimeout>[]>();

function hold(form: HTMLFormElement, submitter: HTMLElement | null): void {
	form.dataset.busy = '';
	submitter?.setAttribute('aria-disabled', 'true');
	say(sentence('busy'));
	timers.set(form, [
		setTimeout(() => say(sentence('slow'), true), SLOW),
		setTimeout(() => release(form), AGAIN),
	]);
}

function release(form: HTMLFormElement): void {
	delete form.dataset.busy;
	timers.get(form)?.forEach(clearTimeout);
	form.querySelector('button[aria-disabled]')?.removeAttribute('aria-disabled');
	say('');
}
