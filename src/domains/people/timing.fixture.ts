import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { outcome } from '#tests/stage.ts';
import { askCode, startSignUp } from './ask.ts';
import { askRecovery } from './ask-recovery.ts';
import { hashPassword } from './password/hash.ts';
import { signInByPassword } from './password/sign-in.ts';
import { stranger } from './people.fixture.ts';

const known = ['odile', 'samuel', 'ines', 'noemie', 'fanny', 'driss', 'paulo', 'sabrina'];
const forget = () => asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`));

/** Tries known and unknown addresses in turn, after sixteen that count for nothing; gives how far apart their times are, in standard deviations. */
async function gapOf(
	tries: number,
	work: (email: string, n: number) => Promise<unknown>,
	prepare: () => unknown = () => {},
): Promise<number> {
	const times: [number[], number[]] = [[], []];
	for (let n = 0; n < tries + 16; n++) {
		const which = n % 2 === 0 ? 0 : 1;
		const name = known[(n >> 1) % known.length]!;
		if (n % 40 === 0) await forget();
		await prepare();
		const from = performance.now();
		await work(which ? `${name}@nowhere.example` : `${name}@rive.example`, n);
		if (n >= 16) times[which].push(performance.now() - from);
	}
	const middle = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1]!;
	const all = times.flat();
	const mean = all.reduce((a, b) => a + b, 0) / all.length;
	const deviation = Math.sqrt(all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / all.length);
	return Math.abs(middle(times[0]) - middle(times[1])) / deviation;
}

/** Neither signing in, signing up nor asking for an account back tells by its time whether an address has an account (R9). */
export function timeTellsNobody(tries: number): void {
	const timeout = 60_000 + tries * 400;
	const gap = (work: (email: string, n: number) => Promise<unknown>, prepare?: () => unknown) =>
		gapOf(tries, work, prepare);

	test('asking for a code takes as long for an address that has no account', { timeout }, async () => {
		expect(await gap((email) => outcome(askCode(visitor, { email }, stranger())))).toBeLessThan(1);
	});

	test('signing up takes as long for an address that has an account', { timeout }, async () => {
		expect(
			await gap((email) => outcome(startSignUp(visitor, { name: 'Somebody', email }, stranger()))),
		).toBeLessThan(1);
	});

	test('a wrong password takes as long when there is no account', { timeout }, async () => {
		const hash = await hashPassword('tracteur brume septante violon');
		await asSystem('test', async (tx) => {
			for (const name of known)
				await tx.run(
					sql`insert into people.secret (person_id, password_hash) values (${idOf(name)}, ${hash})`,
				);
		});
		expect(
			await gap((email) =>
				outcome(signInByPassword(visitor, { email, password: 'not this one' }, stranger())),
			),
		).toBeLessThan(1);
	});

	test('asking to get an account back takes as long for an address that has none', { timeout }, async () => {
		const nobodyAsked = () => asSystem('test', (tx) => tx.run(sql`delete from people.recovery`));
		const ask = (email: string, n: number) =>
			askRecovery(
				visitor,
				{ lost: email, email: `new.${n}@courrier.example`, told: 'Téléphone perdu' },
				stranger(),
			);
		expect(await gap((email, n) => outcome(ask(email, n)), nobodyAsked)).toBeLessThan(1);
	});
}
