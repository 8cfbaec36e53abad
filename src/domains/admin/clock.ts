import * as v from 'valibot';
import type { Viewer } from '#platform/viewer.ts';
import { version } from './identity.ts';
import { change } from './organisation.ts';

/** A time zone, and the key of its name where it has one. */
export interface Clock {
	zone: string;
	named?: `admin.clock_${string}`;
}

/** Clocks of the French territories, with the key of their name: offered first. */
const french: Clock[] = [
	{ zone: 'Europe/Paris', named: 'admin.clock_paris' },
	{ zone: 'America/Guadeloupe', named: 'admin.clock_guadeloupe' },
	{ zone: 'America/Martinique', named: 'admin.clock_martinique' },
	{ zone: 'America/Cayenne', named: 'admin.clock_guyane' },
	{ zone: 'Indian/Reunion', named: 'admin.clock_reunion' },
	{ zone: 'Indian/Mayotte', named: 'admin.clock_mayotte' },
	{ zone: 'America/Miquelon', named: 'admin.clock_miquelon' },
	{ zone: 'Pacific/Noumea', named: 'admin.clock_noumea' },
	{ zone: 'Pacific/Tahiti', named: 'admin.clock_tahiti' },
	{ zone: 'Pacific/Wallis', named: 'admin.clock_wallis' },
];

/** Every clock that an organisation may live by, IANA names; without key of a name, the zone's own is shown. */
export const clocks: readonly Clock[] = [
	...french,
	...Intl.supportedValuesOf('timeZone')
		.filter((zone) => !french.some((one) => one.zone === zone))
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
