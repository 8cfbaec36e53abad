import { followDevice } from './device.ts';
import { keepDoor, offerScan } from './door.ts';
import { showPictures } from './pictures.ts';
import { offerPush } from './push.ts';
import { showSame } from './same.ts';
import { listKept } from './waiting.ts';

// What few pages need (`main.ts` asks for it): what a device keeps, what waits on it, telephones told, the door of an event, a map beside its list, pictures where data are spared.
for (const improve of [followDevice, listKept, offerPush, keepDoor, offerScan, showSame, showPictures]) {
	try {
		improve();
	} catch (error) {
		console.warn(improve.name, error);
	}
}
