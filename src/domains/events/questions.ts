import * as v from 'valibot';
import { type Tx, write } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idText, lines } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { events, questions } from './policy.ts';

const words = v.pipe(lines(2_000, 'events.question_long'), v.minLength(1, 'events.question_needed'));
export const QuestionForm = v.object({ question: words });
export const ReplyForm = v.object({ id: idText, reply: words });
export const OneQuestion = v.object({ id: idText });

/** Asks who organises; gives the id. Throws NotFound, Forbidden when the event is cancelled. */
export const askQuestion = (
	viewer: Viewer,
	eventId: string,
	{ question }: { question: string },
): Promise<string> =>
	write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'ask', eventId);
		const id = newId();
		await tx.run(sql`insert into events.question (id, event_id, by_id, text)
			values (${id}, ${eventId}::uuid, ${viewer.id}::uuid, ${question})`);
		await announce(tx, 'events.asked', { questionId: id, eventId, byId: viewer.id });
		return id;
	});

const isOf = async (tx: Tx, eventId: string, id: string) => {
	if (
		!(await tx.one(
			sql`select 1 as yes from events.question where question.id = ${id}::uuid and question.event_id = ${eventId}::uuid`,
		))
	)
		throw notFound();
};

/** Answers a question, or corrects the answer: whoever sees the event then reads both. */
export const reply = (
	viewer: Viewer,
	eventId: string,
	{ id, reply: text }: v.InferOutput<typeof ReplyForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		await isOf(tx, eventId, id);
		await questions.guard(tx, viewer, 'answer', id);
		await tx.run(sql`update events.question set answer = ${text}, answered_by = ${viewer.id}::uuid, answered_at = now()
			where question.id = ${id}::uuid`);
		await announce(tx, 'events.replied', { questionId: id, eventId, byId: viewer.id });
	});

/** Takes a question away, with its answer: for who asked it and who organises. */
export const dropQuestion = (viewer: Viewer, eventId: string, { id }: { id: string }): Promise<void> =>
	write(viewer, async (tx) => {
		await isOf(tx, eventId, id);
		await questions.guard(tx, viewer, 'remove', id);
		await tx.run(sql`delete from events.question where question.id = ${id}::uuid`);
	});
