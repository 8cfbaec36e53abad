import { all } from './page.ts';

/** `[data-toast="10"]` leaves after that many seconds; focus and pointer stop the clock, which then starts again. */
export function timeToasts(): void {
	for (const toast of all('[data-toast]')) {
		let timer: number | undefined;
		const stop = () => clearTimeout(timer);
		const start = () => {
			stop();
			if (!toast.matches(':hover, :focus-within'))
				timer = window.setTimeout(() => toast.remove(), Number(toast.dataset.toast) * 1000);
		};
		for (const name of ['pointerenter', 'focusin']) toast.addEventListener(name, stop);
		for (const name of ['pointerleave', 'focusout']) toast.addEventListener(name, () => setTimeout(start));
		for (const button of toast.querySelectorAll<HTMLElement>('[data-close]')) {
			button.hidden = false;
			button.addEventListener('click', () => toast.remove());
		}
		start();
	}
}
