import * as v from 'valibot';
import { type Clock as FrenchClock, frenchClocks } from '#platform/clocks.ts';
import type { Viewer } from '#platform/viewer.ts';
import { version } from './identity.ts';
import { change } from './organisation.ts';

/** A time zone, and the key of its name where it has one. */
export interface Clock {
	zone: string;
	named?: FrenchClock['named'];
}

/** Every clock that an organisation may live by, IANA names; without key of a name, the zone's own is shown. */
export const clocks: readonly Clock[] = [
	...frenchClocks,
	...Intl.supportedValuesOf('timeZone')
		.filter((zone) => !frenchClocks.some((one) => one.zone === zone))
		.map((zone) => ({ zone })),
];

export const ClockForm = v.object({
	timeZone: v.pipe(
		v.string('admin.clock_choose'),
		v.check((zone) => clocks.some((clock) => clock.zone === zone), 'admin.clock_choose'),
	),
	version,
});

/** By which clock the house writes days and hours, on pages and in mails. */
export const editClock = (viewer: Viewer, { version, timeZone }: v.InferOutput<typeof ClockForm>) =>
	change(viewer, {
		part: 'clock',
		version,
		act: 'edit_clock',
		detail: { timeZone },
		patch: () => ({ timeZone }),
	});
