import { buildPushPayload } from '@block65/webcrypto-web-push';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import { enqueue, enqueueMany } from '#platform/jobs.ts';
import { type Gateway, makeGateway } from '#platform/outgoing/gateway.ts';
import { sql } from '#platform/sql.ts';
import { chosenBy } from './choices.ts';
import { liveDevices, type Subscription, subscriptionOf } from './devices.ts';
import { type Category, kinds } from './kinds.ts';
import type { Which } from './mail-one.ts';
import { quietUntil } from './quiet.ts';
import { type Notice, noticeRow } from './read.ts';
import { rhythmFor } from './rhythm.ts';
import { vapidKeys } from './vapid.ts';

/** Longer than a night: a telephone that was off is told in the morning, not next week. */
const ttl = 12 * 3600;
const outside = makeGateway();

/**
 * Has the telephones of a person told of a notice, if they have not read it, want that and still see what it speaks of. In their
 * quiet hours it waits, unless it is about the keys of their account.
 */
export async function pushNotice(which: Which): Promise<void> {
	const { personId, id } = which;
	const viewer = await viewerOfPerson(personId, []);
	await asSystem('notices', async (tx) => {
		const notice = await noticeRow(tx, viewer, id);
		if (notice?.readAt !== null) return;
		const wanted = await wantedFor(tx, personId, notice);
		if (wanted('push') !== 'each') return;
		const until = kinds[notice.type]?.urgent ? null : await quietUntil(tx, personId);
		if (until) return enqueue(tx, 'notices.push', which, { startAfter: until });
		const devices = await liveDevices(tx, personId);
		const jobs = devices.map((deviceId) => ({ deviceId, personId, id }));
		await enqueueMany(tx, 'notices.push_device', jobs);
		if (wanted('mail') === 'none') await noteToldHereOnly(tx, which);
	});
}

/** Told by this way only: what comes next about the same thing is a new line. */
const noteToldHereOnly = (tx: Tx, { personId, id }: Which): Promise<number> =>
	tx.run(sql`update notices.notice set read_at = now()
		where notice.person_id = ${personId}::uuid and notice.id = ${id}::uuid and notice.unlisted`);

/** What a person wants now of this notice, by channel. */
async function wantedFor(tx: Tx, personId: string, notice: Notice) {
	const { category } = kinds[notice.type]!;
	const { pace, chosen } = await chosenBy(tx, personId);
	return (channel: 'push' | 'mail') => rhythmFor(pace, chosen, { category, channel, ...notice });
}

/** Tells one device. What its push service refuses for good is forgotten; anything else is tried again. Tests give the gateway. */
export async function pushToDevice(
	{ deviceId, personId, id }: Which & { deviceId: string },
	by: Pick<Gateway, 'request'> = outside,
): Promise<void> {
	const viewer = await viewerOfPerson(personId, []);
	const found = await asSystem('notices', async (tx) => ({
		subscription: await subscriptionOf(tx, deviceId),
		notice: await noticeRow(tx, viewer, id),
	}));
	if (!found.subscription || !found.notice) return;
	const status = await post(found.subscription, await message(found.notice, viewer.language), by);
	if (status === 404 || status === 410) await forget(deviceId);
	else if (status === 429 || status >= 500) throw new Error(`push: ${status}`);
}

const forget = (deviceId: string) =>
	asSystem('notices', (tx) => tx.run(sql`delete from notices.device where device.id = ${deviceId}::uuid`));

/** What is shown where anybody may look: of what kind it is, never who, where, nor a word that somebody wrote. */
async function message(notice: Notice, language: 'fr' | 'en') {
	const from = await house();
	const category: Category = kinds[notice.type]!.category;
	// words: notices.push_*
	const body = wordsOf(from, language).say(`notices.push_${category}` as 'notices.push_answers');
	return { title: from.name, body, url: `/avis/${notice.id}`, tag: notice.id };
}

async function post(
	{ endpoint, keys }: Subscription,
	data: Record<string, string>,
	by: Pick<Gateway, 'request'>,
): Promise<number> {
	const subscription = { endpoint, keys, expirationTime: null };
	const payload = await buildPushPayload({ data, options: { ttl } }, subscription, vapidKeys(await house()));
	const { status } = await by.request(endpoint, {
		method: 'POST',
		headers: payload.headers as unknown as Record<string, string>,
		body: payload.body,
		maxBytes: 10_000,
	});
	return status;
}
