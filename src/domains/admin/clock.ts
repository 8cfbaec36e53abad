import * as v from 'valibot';
import type { Viewer } from '#platform/viewer.ts';
import { version } from './identity.ts';
import { change } from './organisation.ts';

/** Clocks of the French territories, by the key of their name in the catalogues: offered first. */
const french = {
	'Europe/Paris': 'paris',
	'America/Guadeloupe': 'guadeloupe',
	'America/Martinique': 'martinique',
	'America/Cayenne': 'guyane',
	'Indian/Reunion': 'reunion',
	'Indian/Mayotte': 'mayotte',
	'America/Miquelon': 'miquelon',
	'Pacific/Noumea': 'noumea',
	'Pacific/Tahiti': 'tahiti',
	'Pacific/Wallis': 'wallis',
} as const;

const others = Intl.supportedValuesOf('timeZone').filter((zone) => !(zone in french));

/** Every clock that an organisation may live by, IANA names; `named` is the key of a name, absent where the place says it. */
export const clocks: readonly { zone: string; named?: string }[] = [
	...Object.entries(french).map(([zone, name]) => ({ zone, named: `admin.clock_${name}` })),
	...others.map((zone) => ({ zone })),
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
