import pg from 'pg';

/** Asks as the owner of the database, on a connection of its own: its shape, and what is there before the app has roles. */
export async function asOwner<T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
	const owner = new pg.Client({ connectionString: url });
	// A server that goes is told by the query under way.
	owner.on('error', () => {});
	await owner.connect();
	try {
		return await work(owner);
	} finally {
		// What was begun and not committed is undone by it.
		await owner.end();
	}
}
