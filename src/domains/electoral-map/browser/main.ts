import { sayingFew } from '#platform/wording/few.ts';
import { criterionIn, criterionName } from '../pages/asked.ts';
import { answering } from '../pages/moved.ts';
import type { ToMove } from '../pages/to-move.ts';
import { redraw } from './redraw.ts';

// The map's page alone asks for this file: with it, list, colours and legend follow a slider without another page.
const form = document.querySelector<HTMLFormElement>('form[data-figures]');
if (form) follow(form);

function follow(form: HTMLFormElement): void {
	let asked: Promise<(() => void) | null> | undefined;
	// Nothing is asked for before somebody comes near the form: a phone that only looks pays nothing.
	const start = () => (asked ??= prepare(form).catch(() => null));
	for (const near of ['pointerover', 'focusin', 'touchstart'])
		form.addEventListener(near, start, { passive: true });
	form.addEventListener('input', async ({ target }) => {
		if (!/^[cp][12]$/.test((target as HTMLInputElement).name)) return;
		const move = await start();
		move?.();
	});
}

/** Asks for the figures once; what comes back answers the form as it stands. */
async function prepare(form: HTMLFormElement): Promise<() => void> {
	const sent = await fetch(form.dataset.figures ?? '', { headers: { accept: 'application/json' } });
	if (!sent.ok) throw new Error(`figures: ${sent.status}`);
	const { told, words, ...figures } = (await sent.json()) as ToMove;
	const ask = answering(figures);
	const draw = redraw(sayingFew(words), told);
	const answer = () => {
		const typed = new FormData(form);
		const text = (name: string) => String(typed.get(name) ?? '');
		const wanted = [1, 2].flatMap((n) => criterionIn(text(`c${n}`), text(`p${n}`)) ?? []);
		return ask(told.goal, wanted);
	};
	// What the form says now is worked out before it is moved: the first move finds all but what it changes.
	answer();
	let rest: ReturnType<typeof setTimeout>;
	return () => {
		const from = performance.now();
		const { criteria, ...ranked } = answer();
		draw(criteria, ranked);
		clearTimeout(rest);
		const asked = criteria.map((one) => [criterionName(one), String(one.weight)]);
		rest = setTimeout(() => keepAddress(asked), 200);
		performance.measure('map-move', { start: from });
	};
}

/** The same question in the address of this page, and in those of the table, the file and the picture. */
function keepAddress(asked: string[][]): void {
	const changed = (address: string) => {
		const url = new URL(address, location.href);
		for (const [n, [name = '', weight = '']] of asked.entries()) {
			url.searchParams.set(`c${n + 1}`, name);
			url.searchParams.set(`p${n + 1}`, weight);
		}
		return url.href;
	};
	history.replaceState(history.state, '', changed(location.href));
	const links = 'a[href^="/carte/tableau"], a[href^="/carte.png"]';
	for (const link of document.querySelectorAll<HTMLAnchorElement>(links)) {
		const { pathname, search } = new URL(changed(link.href));
		link.setAttribute('href', pathname + search);
	}
}
