import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { done, nothing, reads, subject, writes } from '../api-shapes.ts';
import { SubjectForm } from './keep.ts';
import {
	AnswerForm,
	acceptProposal,
	answerProposal,
	ProposeForm,
	proposeSubject,
	withdrawProposal,
} from './propose.ts';
import { ownProposals, subjectsKept } from './read.ts';

const proposal = v.object({
	id: v.string(),
	name: v.string(),
	why: v.string(),
	at: v.string(),
	answeredAt: v.nullable(v.string()),
	answer: v.string(),
	subject: v.nullable(subject),
});

/** A token with a code of the second factor beside it. */
const keeps = {
	gate: 'office',
	rule: 'groups.proposal.answer',
	scope: 'groups:write',
	audit: true,
} as const;

/** Subjects that people miss: proposed, taken back, added or answered. */
export const proposalsApi: Record<string, Operation> = {
	'GET /api/v1/subject-proposals': operation({
		...reads,
		summary: 'Subjects that the person proposed, latest first',
		input: nothing,
		output: v.object({ items: v.array(proposal) }),
		act: async (viewer) => ({ items: await ownProposals(viewer) }),
	}),
	'POST /api/v1/subject-proposals': operation({
		...writes,
		summary: 'Propose a subject to who keeps the list',
		status: 201,
		input: v.strictObject({ name: ProposeForm.entries.name, why: ProposeForm.entries.why }),
		output: done,
		act: async (viewer, input) => ({ id: await proposeSubject(viewer, input) }),
	}),
	'DELETE /api/v1/subject-proposals/[id]': operation({
		...writes,
		rule: 'groups.proposal.withdraw',
		summary: 'Take back a proposal that nobody answered',
		input: nothing,
		output: done,
		act: async (viewer, _input, { id }) => {
			await withdrawProposal(viewer, { id: id! });
			return { id: id! };
		},
	}),
	'GET /api/v1/subject-proposals/waiting': operation({
		gate: 'office',
		rule: 'groups.subject_keeper.see',
		scope: 'groups:read',
		summary: 'Proposals that wait for an answer, oldest first, for who keeps the list',
		input: nothing,
		output: v.object({
			items: v.array(
				v.object({
					id: v.string(),
					name: v.string(),
					why: v.string(),
					at: v.string(),
					person: v.object({ id: v.string(), name: v.string() }),
				}),
			),
		}),
		act: async (viewer) => ({ items: (await subjectsKept(viewer)).waiting }),
	}),
	'POST /api/v1/subject-proposals/[id]/acceptance': operation({
		...keeps,
		summary: 'Put a proposed subject on the list, under the names that the office gives it',
		status: 201,
		input: v.strictObject({
			name_fr: SubjectForm.entries.name_fr,
			name_en: SubjectForm.entries.name_en,
		}),
		output: done,
		act: async (viewer, input, { id }) => ({ id: await acceptProposal(viewer, { ...input, id: id! }) }),
	}),
	'POST /api/v1/subject-proposals/[id]/answer': operation({
		...keeps,
		summary: 'Answer a proposal that does not enter the list',
		input: v.strictObject({ answer: AnswerForm.entries.answer }),
		output: done,
		act: async (viewer, { answer }, { id }) => {
			await answerProposal(viewer, { id: id!, answer });
			return { id: id! };
		},
	}),
};
