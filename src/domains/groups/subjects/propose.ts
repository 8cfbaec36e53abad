import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { conflict, forbidden } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idText, lines } from '#platform/text/typed.ts';
import { throttle } from '#platform/throttle.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { addIn, refuseTaken, SubjectForm, subjectName, withList } from './keep.ts';
import { proposals } from './policy.ts';

export const whyMax = 300;
export const ProposeForm = v.object({
	name: subjectName,
	why: v.optional(lines(whyMax, 'groups.subject_why_long'), ''),
});
export const WithdrawForm = v.object({ id: idText });
export const AcceptForm = v.object({ ...SubjectForm.entries, id: idText });
export const AnswerForm = v.object({
	id: idText,
	answer: v.pipe(
		v.optional(lines(500, 'groups.answer_long'), ''),
		v.check((text) => text.length >= 2, 'groups.answer_needed'),
	),
});

/** Proposes a subject to who keeps the list. At most three a week. Gives its id. Throws Forbidden, Invalid, TooMany. */
export async function proposeSubject(
	viewer: Viewer,
	{ name, why }: v.InferOutput<typeof ProposeForm>,
): Promise<string> {
	if (!isActive(viewer)) throw forbidden();
	// What the list has already costs nothing of the three.
	await read(viewer, (tx) => refuseTaken(tx, 'name', name));
	await throttle({ [`groups.propose:${viewer.id}`]: { burst: 3, perHour: 3 / 168 } });
	return write(viewer, async (tx) => {
		await refuseTaken(tx, 'name', name);
		const id = newId();
		await tx.run(
			sql`insert into groups.proposal (id, person_id, name, why) values (${id}, ${viewer.id}::uuid, ${name}, ${why})`,
		);
		await announce(tx, 'groups.subject_proposed', { proposalId: id });
		return id;
	});
}

/** Takes back a proposal that nobody answered. Throws NotFound, Forbidden. */
export const withdrawProposal = (viewer: Viewer, { id }: v.InferOutput<typeof WithdrawForm>): Promise<void> =>
	write(viewer, async (tx) => {
		await proposals.guard(tx, viewer, 'withdraw', id);
		await tx.run(sql`delete from groups.proposal where proposal.id = ${id}::uuid`);
	});

async function settleProposal(tx: Tx, viewer: Viewer, id: string, answer: string, subjectId: string | null) {
	const done =
		await tx.run(sql`update groups.proposal set answered_at = now(), answered_by = ${viewer.id}::uuid,
		answer = ${answer}, subject_id = ${subjectId}::uuid where proposal.id = ${id}::uuid and proposal.answered_at is null`);
	if (!done) throw conflict('groups.proposal_answered');
	await announce(tx, 'groups.subject_answered', { proposalId: id });
}

/** Puts a proposed subject on the list, under the names that the office gives it. Gives its id. Throws NotFound, Forbidden, Invalid. */
export const acceptProposal = (
	viewer: Viewer,
	{ id, ...names }: v.InferOutput<typeof AcceptForm>,
): Promise<string> =>
	withList(viewer, async (tx) => {
		await proposals.guard(tx, viewer, 'answer', id);
		const subjectId = await addIn(tx, viewer, names);
		await settleProposal(tx, viewer, id, '', subjectId);
		return subjectId;
	});

/** Answers a proposal that does not enter the list. Throws NotFound, Forbidden. */
export const answerProposal = (
	viewer: Viewer,
	{ id, answer }: v.InferOutput<typeof AnswerForm>,
): Promise<void> =>
	withList(viewer, async (tx) => {
		await proposals.guard(tx, viewer, 'answer', id);
		await settleProposal(tx, viewer, id, answer, null);
		await record(tx, {
			actorId: viewer.id,
			act: 'groups.answer_proposal',
			subject: 'proposal',
			subjectId: id,
		});
	});
