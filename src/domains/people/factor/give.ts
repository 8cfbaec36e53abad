import * as v from 'valibot';
import { asSystem, type Tx } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { hashOfSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { holdByLink, settle, spend, staleness, triesAtMost, type Verdict } from '../challenge.ts';
import { type Entered, letIn } from '../enter.ts';
import { countTry } from '../limits.ts';
import { contactOf } from '../person.ts';
import { renewSession } from '../session.ts';
import type { Whence } from '../whence.ts';
import { takeAppCode } from './authenticator.ts';
import { takeRecoveryCode } from './recovery-codes.ts';

export const FactorForm = v.object({
	code: v.pipe(
		v.string('people.code_missing'),
		v.trim(),
		v.nonEmpty('people.code_missing'),
		v.maxLength(40, 'people.code_shape'),
	),
});

const takeCode = async (tx: Tx, personId: string, code: string) =>
	/^[\d\s]{6,8}$/.test(code) ? takeAppCode(tx, personId, code) : takeRecoveryCode(tx, personId, code);

/** The second factor after a first proof: a code of the app, or one of the paper codes. Throws Invalid. */
export async function enterWithFactor(
	viewer: Viewer,
	ticket: string | null,
	{ code }: v.InferOutput<typeof FactorForm>,
	whence: Whence,
): Promise<Entered> {
	await countTry('second', hashOfSecret(ticket ?? ''), whence);
	return settle(
		await asSystem('second-factor', async (tx): Promise<Verdict<Entered>> => {
			const challenge = await holdByLink(tx, ticket ?? '');
			const stale = staleness(challenge);
			if (stale || challenge?.purpose !== 'factor')
				return stale ?? { refused: invalidField('code', 'people.code_over') };
			const personId = challenge.person_id!;
			if (!(await takeCode(tx, personId, code))) {
				await tx.run(sql`update people.challenge set tries = tries + 1 where id = ${challenge.id}::uuid`);
				const isLast = challenge.tries + 1 >= triesAtMost;
				return { refused: invalidField('code', isLast ? 'people.code_over' : 'people.app_code_wrong') };
			}
			await spend(tx, challenge.id);
			const { email } = (await contactOf(tx, personId))!;
			return { proved: await letIn(tx, viewer, { id: personId, email }, whence, { factor: true }) };
		}),
	);
}

/** Shows again that it is them, before an act that hands out data or power. Gives the session's new secret. Throws Invalid. */
export async function stepUp(
	viewer: Viewer,
	{ code }: v.InferOutput<typeof FactorForm>,
	whence: Whence,
): Promise<string> {
	await countTry('second', viewer.id!, whence);
	return settle(
		await asSystem('second-factor', async (tx): Promise<Verdict<string>> => {
			if (!(await takeCode(tx, viewer.id!, code)))
				return { refused: invalidField('code', 'people.app_code_wrong') };
			return { proved: await renewSession(tx, viewer.sessionId!) };
		}),
	);
}

/** A code sent beside a personal token, for one request: with it the person's offices act, as after a fresh second factor. Throws Invalid. */
export async function stepUpOnce(viewer: Viewer, code: string, whence: Whence): Promise<Viewer> {
	await countTry('second', viewer.id!, whence);
	const isTheirs = await asSystem('second-factor', (tx) => takeCode(tx, viewer.id!, code));
	if (!isTheirs) throw invalidField('', 'people.app_code_wrong');
	return { ...viewer, secondFactor: isActive(viewer), factorAt: new Date() };
}
