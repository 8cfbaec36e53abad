import { script } from './page.ts';

/** `form[data-figures]`, the map's: its own script is asked for, by that page alone. */
export function followFigures(): void {
	if (!document.querySelector('form[data-figures]')) return;
	import(/* @vite-ignore */ script('enhance-map'));
}
