import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { tooMany } from '#platform/errors.ts';

// Argon2id is the library's default algorithm: 19 MiB, two passes, one lane (OWASP).
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const running = Math.max(1, availableParallelism() - 1);
const waitingAtMost = 50;
const waiting: (() => void)[] = [];
let busy = 0;

/** A crowd of sign-ins must not take all the memory: few at a time, a short queue, then "come back". */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (busy >= running) {
		if (waiting.length >= waitingAtMost) throw tooMany(5);
		await new Promise<void>((go) => waiting.push(go));
	} else busy++;
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next) next();
		else busy--;
	}
}

/** One password, one writing: composed and decomposed accents are the same keys. */
export const written = (password: string) => password.normalize('NFKC');

/** The hash to keep. */
export const hashPassword = (password: string) => inTurn(() => hash(written(password), cost));

// Compared when there is nothing to compare with, so that the answer takes as long.
let nobody: Promise<string> | undefined;

/** Whether the password fits the hash; with no hash the answer is no, after the same work. */
export async function fits(kept: string | null | undefined, password: string): Promise<boolean> {
	nobody ??= hash('nobody has this password', cost);
	const against = kept ?? (await nobody);
	return (await inTurn(() => verify(against, written(password)))) && Boolean(kept);
}
