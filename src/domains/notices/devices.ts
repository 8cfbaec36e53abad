import * as v from 'valibot';
import { asSystem, read, type Tx, write } from '#platform/db.ts';
import { forbidden, notFound } from '#platform/errors.ts';
import { house } from '#platform/house.ts';
import { newId } from '#platform/ids.ts';
import { fingerprint, seal, unseal } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { nights, putQuiet } from './quiet.ts';
import { vapidKeys } from './vapid.ts';

const bytes = (length: number) =>
	v.pipe(
		v.string('app.invalid_value'),
		v.regex(/^[\w-]+={0,2}$/, 'app.invalid_value'),
		v.check((text) => Buffer.from(text, 'base64url').length === length, 'app.invalid_value'),
	);
/** What a browser says of its subscription (Push API). */
const Subscription = v.object({
	endpoint: v.pipe(
		v.string('app.invalid_value'),
		v.maxLength(1000, 'app.invalid_value'),
		v.check((text) => {
			const url = URL.parse(text);
			return url?.protocol === 'https:' && !url.username && !url.port;
		}, 'app.invalid_value'),
	),
	keys: v.object({ p256dh: bytes(65), auth: bytes(16) }),
});
export type Subscription = v.InferOutput<typeof Subscription>;

const read64 = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
};
export const DeviceForm = v.object({
	subscription: v.pipe(
		v.string('app.invalid_value'),
		v.maxLength(3000, 'app.invalid_value'),
		v.transform(read64),
		Subscription,
	),
});
export const ForgetDeviceForm = v.object({ id: v.pipe(v.string(), v.uuid('app.invalid_value')) });

/** A telephone or a browser that is told. */
export interface Device {
	id: string;
	name: string;
	at: Date;
	/** The one in use. */
	current: boolean;
}

/** The key that a browser needs to subscribe. */
export const pushKey = async (): Promise<string> => vapidKeys(await house()).publicKey;

/** Sessions that still stand. */
const stands = sql`session.revoked_at is null and session.expires_at > now()`;

/** Where the viewer is told, the browser in use first. */
export const devicesOf = (viewer: Viewer): Promise<Device[]> =>
	read(viewer, (tx) =>
		tx.many<Device>(sql`select device.id, session.device as name, device.at, device.session_id = ${viewer.sessionId}::uuid as current
			from notices.device join people.session on session.id = device.session_id and ${stands}
			where device.person_id = ${viewer.id}::uuid order by current desc, device.at desc`),
	);

/**
 * Keeps the subscription of the browser in use, for as long as its session. The same browser with another person is theirs from
 * then on. A person's first one brings quiet nights with it, unless they chose their hours. Throws Forbidden to a token.
 */
export async function keepDevice(
	viewer: Viewer,
	{ subscription }: { subscription: Subscription },
): Promise<void> {
	if (!viewer.sessionId) throw forbidden();
	const { id: personId, sessionId } = viewer;
	await asSystem('notices', async (tx) => {
		const first = !(await tx.one(
			sql`select 1 as found from notices.device where device.person_id = ${personId}::uuid limit 1`,
		));
		const hours = await tx.one(
			sql`select 1 as found from notices.quiet where quiet.person_id = ${personId}::uuid`,
		);
		await tx.run(sql`delete from notices.device where device.session_id = ${sessionId}::uuid`);
		await tx.run(sql`insert into notices.device (id, person_id, session_id, endpoint_key, sealed)
			values (${newId()}, ${personId}::uuid, ${sessionId}::uuid, ${fingerprint('push', subscription.endpoint)},
				${seal('push', JSON.stringify(subscription))})
			on conflict (endpoint_key) do update set person_id = excluded.person_id, session_id = excluded.session_id,
				sealed = excluded.sealed, at = now()`);
		if (first && !hours) await putQuiet(tx, personId!, nights);
	});
}

/** This device is told no more; another person's does not exist. */
export const forgetDevice = (viewer: Viewer, { id }: { id: string }): Promise<void> =>
	write(viewer, async (tx) => {
		const gone = await tx.run(
			sql`delete from notices.device where device.id = ${id}::uuid and device.person_id = ${viewer.id}::uuid`,
		);
		if (!gone) throw notFound();
	});

/** Where a person is told now; devices whose session ended are forgotten on the way. Runs as the house. */
export async function liveDevices(tx: Tx, personId: string): Promise<string[]> {
	await tx.run(sql`delete from notices.device where device.person_id = ${personId}::uuid
		and not exists (select from people.session where session.id = device.session_id and ${stands})`);
	const rows = await tx.many<{ id: string }>(
		sql`select device.id from notices.device where device.person_id = ${personId}::uuid`,
	);
	return rows.map(({ id }) => id);
}

/** The subscription of a device whose session still stands. Runs as the house. */
export async function subscriptionOf(tx: Tx, deviceId: string): Promise<Subscription | undefined> {
	const row = await tx.one<{ sealed: string }>(sql`select device.sealed from notices.device
		join people.session on session.id = device.session_id and session.person_id = device.person_id and ${stands}
		where device.id = ${deviceId}::uuid`);
	return row && (JSON.parse(unseal('push', row.sealed)) as Subscription);
}
