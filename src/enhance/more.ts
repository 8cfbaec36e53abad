import { followDevice } from './device.ts';
import { keepDoor, offerScan } from './door.ts';
import { offerPush } from './push.ts';
import { listKept } from './waiting.ts';

// What few pages need (`main.ts` asks for it): what a device keeps, what waits on it, telephones told, the door of an event.
for (const improve of [followDevice, listKept, offerPush, keepDoor, offerScan]) {
	try {
		improve();
	} catch (error) {
		console.warn(improve.name, error);
	}
}
