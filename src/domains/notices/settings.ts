import type { Viewer } from '#platform/viewer.ts';
import { type ChoiceTable, choicesOf } from './choices.ts';
import { type Device, devicesOf, pushKey } from './devices.ts';
import { type Quiet, quietOf } from './quiet.ts';

/** All that the page of settings shows. */
export interface Settings {
	tables: ChoiceTable[];
	quiet: Quiet;
	devices: Device[];
	pushKey: string;
}

/** The viewer's own choices, hours and devices. */
export async function settingsOf(viewer: Viewer): Promise<Settings> {
	const tables = await choicesOf(viewer);
	const quiet = await quietOf(viewer);
	return { tables, quiet, devices: await devicesOf(viewer), pushKey: await pushKey() };
}
