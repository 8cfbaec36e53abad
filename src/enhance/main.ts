import { comeCloser } from './closer.ts';
import { followDevice } from './device.ts';
import { keepDrafts } from './drafts.ts';
import { countSigns, offerCopies, offerPrints, previewPictures } from './fields.ts';
import { followFigures } from './figures.ts';
import { followLive } from './live.ts';
import { mention } from './mention.ts';
import { closeMenus, openDialogs, standInForPopovers, takeFocus } from './menus.ts';
import { offerPasskeys } from './passkey.ts';
import { askAgain } from './refresh.ts';
import { guardSubmits } from './submits.ts';
import { suggest } from './suggest.ts';
import { timeToasts } from './toasts.ts';
import { listKept } from './waiting.ts';

// Every page works without this file. Each improvement finds its elements by data- attributes (README of src/ui) and fails alone.
for (const improve of [
	takeFocus,
	closeMenus,
	openDialogs,
	standInForPopovers,
	keepDrafts,
	guardSubmits,
	timeToasts,
	askAgain,
	suggest,
	mention,
	countSigns,
	previewPictures,
	offerCopies,
	offerPrints,
	followLive,
	offerPasskeys,
	comeCloser,
	followFigures,
	followDevice,
	listKept,
]) {
	try {
		improve();
	} catch (error) {
		console.warn(improve.name, error);
	}
}
