import { createHash } from 'node:crypto';
import { type Act, record } from '#platform/audit.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { conflict } from '#platform/errors.ts';
import type { HouseSettings } from '#platform/house.ts';
import { saveSetting } from '#platform/settings.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { insist } from './policy.ts';

/** What is stored under `organisation`: everything but what follows from it or from the machine. */
export type Organisation = Partial<Omit<HouseSettings, 'founded' | 'themeVersion' | 'demo'>>;
type Part = readonly (keyof Organisation)[];

/** Parts that two officers may change at once without touching each other's. */
export const parts = {
	name: ['name'],
	colour: ['colour'],
	logo: ['logo'],
	voice: ['language', 'address', 'inclusive'],
	words: ['base', 'lexicon'],
	ways: ['signUp', 'rhythm', 'digestBeforeAccount'],
	clock: ['timeZone'],
} as const satisfies Record<string, Part>;
export type PartName = keyof typeof parts;

/** What is stored now, read as the given transaction sees it. */
export const stored = async (tx: Tx, lock: Sql = sql``): Promise<Organisation> =>
	(
		await tx.one<{ value: Organisation }>(
			sql`select value from platform.setting where key = 'organisation' ${lock}`,
		)
	)?.value ?? {};

/** A short print of one part: sent with a form, it tells whether somebody changed that part meanwhile. */
export function versionOf(value: Organisation, part: PartName): string {
	const text = JSON.stringify(parts[part].map((key) => value[key] ?? null));
	return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The settings for their pages, with the version of each part. Throws NotFound. */
export const organisation = (viewer: Viewer) =>
	read(viewer, async (tx) => {
		await insist(tx, viewer);
		const value = await stored(tx);
		const versions = Object.fromEntries(
			(Object.keys(parts) as PartName[]).map((part) => [part, versionOf(value, part)]),
		);
		return { value, versions: versions as Record<PartName, string> };
	});

/** One change of the settings: which part, as it was when the form was made, and what becomes of it. */
export interface Change {
	part: PartName;
	version: string;
	act: string;
	detail?: Act['detail'];
	patch(before: Organisation): Organisation;
	/** What follows from it, in the same transaction. */
	follow?(tx: Tx, before: Organisation, after: Organisation): Promise<void>;
}

/**
 * Changes one part of the settings; pages and mails follow at once. Throws NotFound to who does not keep them,
 * Conflict when the part changed since the form was made.
 */
export const change = (viewer: Viewer, one: Change): Promise<void> =>
	write(viewer, (tx) => changeWithin(tx, viewer, one));

/** The same, inside a transaction that does more. */
export async function changeWithin(
	tx: Tx,
	viewer: Viewer,
	{ part, version, act, detail = {}, patch, follow }: Change,
): Promise<void> {
	await insist(tx, viewer);
	const before = await stored(tx, sql`for update`);
	if (versionOf(before, part) !== version) throw conflict('admin.changed_meanwhile');
	const after = { ...before, ...patch(before) };
	await saveSetting(tx, 'organisation', after, viewer.id);
	await follow?.(tx, before, after);
	await record(tx, { actorId: viewer.id, act: `admin.${act}`, subject: 'setting', detail });
}
