import { all } from './page.ts';

/** `[data-same]`: two places of a page that speak of one thing, a number on a map and its line; pointed at here, it is shown there. */
export function showSame(): void {
	if (!document.querySelector('[data-same]')) return;
	const show = ({ target }: Event) => {
		const name = target instanceof Element && target.closest('[data-same]')?.getAttribute('data-same');
		for (const one of all<HTMLElement>('[data-same]'))
			one.classList.toggle('is-same', one.getAttribute('data-same') === name);
	};
	for (const moved of ['pointerover', 'focusin']) document.addEventListener(moved, show);
}
