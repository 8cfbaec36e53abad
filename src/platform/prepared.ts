import type { PoolClient } from 'pg';

/**
 * How much text the statements that one connection keeps may hold, in letters. Their plans stay in the memory of its server process, a
 * few hundred bytes for each letter: rules nest, and some statements have thirty thousand.
 */
const atMost = Number(process.env.COOPOL_PLANS ?? 200_000);

interface Prepared {
	/** Their names on this connection by their text, those used last at the end. A name is never given twice. */
	names: Map<string, string>;
	letters: number;
	given: number;
}

const ofConnections = new WeakMap<PoolClient, Prepared>();

function of(connection: PoolClient): Prepared {
	const known = ofConnections.get(connection);
	if (known) return known;
	const made = { names: new Map<string, string>(), letters: 0, given: 0 };
	ofConnections.set(connection, made);
	return made;
}

/** The name under which this connection prepares a statement: PostgreSQL plans it once, then keeps it. */
export function nameOn(connection: PoolClient, text: string): string {
	const prepared = of(connection);
	let name = prepared.names.get(text);
	if (name) prepared.names.delete(text);
	else {
		name = `q${prepared.given++}`;
		prepared.letters += text.length;
	}
	prepared.names.set(text, name);
	return name;
}

/** Between two transactions: has the connection forget the statements that it used least lately, as far as it keeps too many. */
export function forgetOldest(connection: PoolClient): void {
	const prepared = of(connection);
	const old: string[] = [];
	for (const [text, name] of prepared.names) {
		if (prepared.letters <= atMost) break;
		prepared.names.delete(text);
		prepared.letters -= text.length;
		old.push(name);
	}
	for (const name of old) forget(connection, name);
}

// Not waited for: what is asked next on this connection comes after. One that was never prepared (its transaction failed before) is none.
function forget(connection: PoolClient, name: string): void {
	const { parsedStatements } = (
		connection as unknown as { connection: { parsedStatements: Record<string, string> } }
	).connection;
	connection
		.query(`deallocate ${name}`)
		.catch(() => {})
		.finally(() => delete parsedStatements[name]);
}
