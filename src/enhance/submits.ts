import { say, sentence } from './page.ts';

const SLOW = 3_000;
/** A form whose answer is a file never leaves the page: it may be sent again after this. */
const AGAIN = 15_000;

/** One tap sends once; after three seconds without an answer, we say that the connection is slow. `data-again` opts out. */
export function guardSubmits(): void {
	document.addEventListener('submit', (event) => {
		const form = event.target as HTMLFormElement;
		const method = event.submitter?.getAttribute('formmethod') ?? form.getAttribute('method');
		if (event.defaultPrevented || method === 'dialog' || form.target === '_blank' || 'again' in form.dataset)
			return;
		if ('busy' in form.dataset) {
			event.preventDefault();
			return;
		}
		hold(form, event.submitter);
	});
	addEventListener('pageshow', (event) => {
		if (event.persisted)
			for (const form of document.querySelectorAll<HTMLFormElement>('form[data-busy]')) release(form);
	});
}

const timers = new WeakMap<HTMLFormElement, number[]>();

function hold(form: HTMLFormElement, submitter: HTMLElement | null): void {
	form.dataset.busy = '';
	submitter?.setAttribute('aria-disabled', 'true');
	say(sentence('busy'));
	timers.set(form, [
		window.setTimeout(() => say(sentence('slow'), true), SLOW),
		window.setTimeout(() => release(form), AGAIN),
	]);
}

function release(form: HTMLFormElement): void {
	delete form.dataset.busy;
	timers.get(form)?.forEach(clearTimeout);
	for (const button of form.querySelectorAll('button[aria-disabled]'))
		button.removeAttribute('aria-disabled');
	say('');
}
