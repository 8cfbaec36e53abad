import { all } from './page.ts';

/** `a[data-refresh="2"]`: the page is asked for again every so many seconds, while nobody holds the focus somewhere in it. */
export function askAgain(): void {
	for (const link of all<HTMLAnchorElement>('a[data-refresh]')) {
		setInterval(() => {
			if (document.activeElement === document.body) location.assign(link.href);
		}, Number(link.dataset.refresh) * 1000);
	}
}
