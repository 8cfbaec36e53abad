import { all, instead } from './page.ts';

/**
 * `a[data-picture]`, where data are spared: the picture it leads to comes in its place. Not a lazy picture in a closed fold: browsers
 * that run no script fetch those at once.
 */
export function showPictures(): void {
	for (const link of all<HTMLAnchorElement>('a[data-picture]'))
		instead(link, () => {
			const picture = Object.assign(new Image(), {
				src: link.href,
				alt: link.dataset.picture ?? '',
				tabIndex: -1,
			});
			// It did not come: one may try again.
			picture.addEventListener('error', () => picture.replaceWith(link));
			link.replaceWith(picture);
			picture.focus();
		});
}
