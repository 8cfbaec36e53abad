/** VTIMEZONE (RFC 5545): the changes of hour of a place, as the system's own time zones know them. */

interface Change {
	/** Instant of the change. */
	at: number;
	/** Offsets from UTC before and after, in minutes. */
	from: number;
	to: number;
}

const day = 86_400_000;

function offsetAt(format: Intl.DateTimeFormat, at: number): number {
	const parts = format.formatToParts(new Date(at));
	const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
	const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
	return Math.round((local - Math.floor(at / 60_000) * 60_000) / 60_000);
}

const formatOf = (timeZone: string) =>
	new Intl.DateTimeFormat('en-GB', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
	});

/** Every change of hour of a place between two instants, to the minute. */
function changesOf(timeZone: string, since: number, until: number): Change[] {
	const format = formatOf(timeZone);
	const changes: Change[] = [];
	for (let at = since; at < until; at += 7 * day) {
		const [from, to] = [offsetAt(format, at), offsetAt(format, at + 7 * day)];
		if (from !== to) changes.push({ at: instantOf(format, at, at + 7 * day), from, to });
	}
	return changes;
}

function instantOf(format: Intl.DateTimeFormat, since: number, until: number): number {
	const before = offsetAt(format, since);
	let [low, high] = [since, until];
	while (high - low > 60_000) {
		const middle = Math.floor((low + high) / 120_000) * 60_000;
		if (offsetAt(format, middle) === before) low = middle;
		else high = middle;
	}
	return high;
}

const two = (value: number) => String(value).padStart(2, '0');
const offset = (minutes: number) => {
	const size = Math.abs(minutes);
	return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
};
const local = (at: number, minutes: number) =>
	new Date(at + minutes * 60_000).toISOString().slice(0, 19).replace(/[-:]/g, '');

const part = (kind: 'STANDARD' | 'DAYLIGHT', start: string, from: number, to: number) => [
	`BEGIN:${kind}`,
	`DTSTART:${start}`,
	`TZOFFSETFROM:${offset(from)}`,
	`TZOFFSETTO:${offset(to)}`,
	`END:${kind}`,
];

/** A place's hours from one year before `since` to one after `until`, written for a calendar; each change is told by its own date. */
export function zoneText(timeZone: string, since: Date, until: Date): string {
	const start = Date.UTC(since.getUTCFullYear() - 1, 0, 1);
	const changes = changesOf(timeZone, start, Date.UTC(until.getUTCFullYear() + 2, 0, 1));
	const first = changes[0]?.from ?? offsetAt(formatOf(timeZone), start);
	const lowest = Math.min(first, ...changes.map(({ to }) => to));
	const kind = (to: number) => (to === lowest ? 'STANDARD' : 'DAYLIGHT');
	return [
		'BEGIN:VTIMEZONE',
		`TZID:${timeZone}`,
		...part(kind(first), local(start, first), first, first),
		...changes.flatMap(({ at, from, to }) => part(kind(to), local(at, from), from, to)),
		'END:VTIMEZONE',
	].join('\r\n');
}
