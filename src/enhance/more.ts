import { followDevice } from './device.ts';
import { keepDoor, offerScan } from './door.ts';
import { offerPush } from './push.ts';
import { showSame } from './same.ts';
import { listKept } from './waiting.ts';

// What few pages need (`main.ts` asks for it): what a device keeps, what waits on it, telephones told, the door of an event, a map beside its list.
for (const improve of [followDevice, listKept, offerPush, keepDoor, offerScan, showSame]) {
	try {
		improve();
	} catch (error) {
		console.warn(improve.name, error);
	}
}
