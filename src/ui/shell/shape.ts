import type { IconName } from '../icons.ts';

/** The organisation at the top of every page. Without a logo, its rings. */
export type Brand = { name: string; href: string; logo?: string | null };
export type NavItem = {
	href: string;
	label: string;
	icon: IconName;
	count?: number;
	/** The count in words, for screen readers: "3 nouveautés". */
	countLabel?: string;
	/** Name under which the script keeps the count up to date. */
	live?: string;
	current?: boolean;
	/** The one thing to do, drawn as a button in the bottom bar. */
	main?: boolean;
};
export type Nav = { groups: { title?: string; items: NavItem[] }[]; bottom: NavItem[] };
export type Person = { name: string; href: string; seed?: string; src?: string | null };
export type Notices = { href: string; label: string; count: number; countLabel: string };
export type Search = { action: string; label: string; hint?: string; suggest?: string };
/** Every word the shell says by itself. */
export type ShellLabels = {
	skip: string;
	nav: string;
	bottom: string;
	account: string;
	menu: string;
	myAccount: string;
	aside?: string;
};
