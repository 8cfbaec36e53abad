import { comeCloser } from './closer.ts';
import { keepDrafts } from './drafts.ts';
import { countSigns, offerCopies, offerPrints, offerShares, previewPictures } from './fields.ts';
import { followFigures } from './figures.ts';
import { isKeeping } from './keeping.ts';
import { followLive } from './live.ts';
import { mention } from './mention.ts';
import { closeMenus, openDialogs, takeFocus } from './menus.ts';
import { script } from './page.ts';
import { offerPasskeys } from './passkey.ts';
import { goOnFromPosted } from './posted.ts';
import { askAgain } from './refresh.ts';
import { guardSubmits } from './submits.ts';
import { suggest } from './suggest.ts';
import { timeToasts } from './toasts.ts';

// Every page works without this file. Each improvement finds its elements by data- attributes (README of src/ui) and fails alone.
for (const improve of [
	askForMore,
	takeFocus,
	closeMenus,
	openDialogs,
	keepDrafts,
	guardSubmits,
	goOnFromPosted,
	timeToasts,
	askAgain,
	suggest,
	mention,
	countSigns,
	previewPictures,
	offerCopies,
	offerPrints,
	offerShares,
	followLive,
	offerPasskeys,
	comeCloser,
	followFigures,
]) {
	try {
		improve();
	} catch (error) {
		console.warn(improve.name, error);
	}
}

/** What few pages need comes apart (`more.ts`): a phone that only reads pays nothing for it. */
function askForMore(): void {
	const asked =
		'[data-kept-forms],[data-kept-pages],input[data-device],[data-forget],[data-kept-at],[data-push],[data-door],[data-same],[data-picture]';
	if (isKeeping() || document.querySelector(asked)) void import(/* @vite-ignore */ script('enhance-more'));
}
