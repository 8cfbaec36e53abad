import type { App } from '#platform/domain.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Key, Words } from '#platform/wording/index.ts';
import type { IconName } from '#ui/icons.ts';

/** What waits behind an app: how much, in words, and under which name the script keeps it up to date. */
export type Waiting = Readonly<Record<string, { n: number; label: string; live?: string }>>;

/** What waits behind each app, of notices that are unread: their kinds, one by one. */
export function waitingIn(apps: readonly App[], unread: readonly string[], words: Words): Waiting {
	const counted = apps.flatMap(({ name, waits }) => {
		const n = waits ? unread.filter((kind) => waits.kinds.includes(kind)).length : 0;
		return waits && n ? [[name, { n, label: words.spoken(waits.label as Key, { n }) }] as const] : [];
	});
	return Object.fromEntries(counted);
}

/** The menu of one person: the apps whose gate lets them in, by group, in their order; with what waits behind some. */
export function navigation(
	apps: readonly App[],
	viewer: Viewer,
	words: Words,
	path: string,
	waiting: Waiting = {},
) {
	const open = apps.filter((app) => viewer.apps.includes(app.name));
	const item = (app: App) => ({
		href: app.href,
		label: words.say(app.label as Key),
		icon: app.icon as IconName,
		...(waiting[app.name] && {
			count: waiting[app.name]!.n,
			countLabel: waiting[app.name]!.label,
			live: waiting[app.name]!.live,
		}),
		current: path === app.href || path.startsWith(`${app.href}/`),
	});
	const groups = (['network', 'members', 'office', 'national'] as const)
		.map((group) => ({
			title: titleOf(group, words),
			items: open.filter((app) => app.group === group).map(item),
		}))
		.filter(({ items }) => items.length);
	const [first, ...others] = open
		.filter((app) => app.group === 'network')
		.map((app) => ({ ...item(app), label: underIcon(app, words) }));
	const publish = {
		href: '/fil/publier',
		label: words.say('shell.publish'),
		icon: 'plus' as const,
		main: true,
	};
	const bottom = first ? [first, ...others.slice(0, 1), publish, ...others.slice(1, 3)] : [];
	return { groups, bottom };
}

/** Two words at most under an icon of the telephone's bar, where there is a shorter name. */
function underIcon({ label, short }: App, words: Words): string {
	const name = words.say(label as Key);
	return short && name.split(' ').length > 2 ? words.say(short as Key) : name;
}

function titleOf(group: App['group'], words: Words): string | undefined {
	// words: shell.group_*
	return group === 'network' ? undefined : words.say(`shell.group_${group}`);
}
