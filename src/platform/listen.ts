import pg from 'pg';
import { addressOf } from './db.ts';

/**
 * Listens to a channel of the database; `hear` gets each payload. A lost connection is opened again by itself, and `missed`
 * is told: what was said meanwhile is gone. Gives how to stop.
 */
export async function listen(
	channel: string,
	hear: (payload: string) => void,
	missed: () => void = () => {},
): Promise<() => Promise<void>> {
	let stopped = false;
	let current: pg.Client | undefined;
	const open = async (): Promise<void> => {
		const client = new pg.Client({
			connectionString: addressOf('APP'),
			application_name: `coopol ${channel}`,
			keepAlive: true,
		});
		client.on('notification', ({ payload }) => hear(payload ?? ''));
		client.on('error', () => {});
		current = client;
		await client.connect();
		await client.query(`listen ${client.escapeIdentifier(channel)}`);
		// Only one that heard is replaced: a try that failed is the loop's own, and must not begin another loop.
		client.once('end', () => void again());
	};
	const again = async (): Promise<void> => {
		while (!stopped) {
			await new Promise((resolve) => setTimeout(resolve, 1000).unref());
			if (stopped) return;
			const opened = await open().then(
				() => true,
				() => false,
			);
			if (opened) return missed();
		}
	};
	await open();
	return async () => {
		stopped = true;
		await current?.end().catch(() => {});
	};
}
