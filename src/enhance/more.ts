import { followDevice } from './device.ts';
import { offerPush } from './push.ts';
import { listKept } from './waiting.ts';

// What few pages need (`main.ts` asks for it): what a device keeps, and what waits on it.
for (const improve of [followDevice, listKept, offerPush]) {
	try {
		improve();
	} catch (error) {
		console.warn(improve.name, error);
	}
}
