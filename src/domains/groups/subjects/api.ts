import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { bringsMax, follow, listSubjects, unfollow } from '../follow.ts';
import {
	addSubject,
	MergeForm,
	mergeSubject,
	renameSubject,
	restoreSubject,
	retireSubject,
	SubjectForm,
} from './keep.ts';
import { ProposeForm, proposeSubject, withdrawProposal } from './propose.ts';
import { ownProposals, subjectsKept } from './read.ts';

const nothing = v.object({});
const done = v.object({ id: v.string() });
const name = v.object({ fr: v.string(), en: v.string() });
const subject = v.object({ id: v.string(), slug: v.string(), name });
const proposal = v.object({
	id: v.string(),
	name: v.string(),
	why: v.string(),
	at: v.string(),
	answeredAt: v.nullable(v.string()),
	answer: v.string(),
	subject: v.nullable(subject),
});

const reads = { gate: 'network', scope: 'groups:read' } as const;
const writes = { gate: 'network', scope: 'groups:write' } as const;
/** A token with a code of the second factor beside it, for who keeps the list. */
const sees = { gate: 'office', rule: 'groups.subject_keeper.see', scope: 'groups:read' } as const;
const keeps = { ...sees, scope: 'groups:write', audit: true } as const;
const written = v.strictObject({
	name_fr: SubjectForm.entries.name_fr,
	name_en: SubjectForm.entries.name_en,
});
const onSubject =
	(act: typeof retireSubject): Operation['act'] =>
	async (viewer, _input, { id }) => {
		await act(viewer, { id: id! });
		return { id: id! };
	};

/** What programs may do with subjects: read and follow them, propose one, and keep the list. */
export const api: Record<string, Operation> = {
	'GET /api/v1/subjects': operation({
		...reads,
		rule: 'groups.circle.see',
		summary: 'Subjects, those that the person follows first',
		input: nothing,
		output: v.object({
			items: v.array(
				v.object({
					...subject.entries,
					followed: v.boolean(),
					inFeed: v.boolean(),
					retired: v.boolean(),
					groups: v.number(),
				}),
			),
		}),
		act: async (viewer) => ({ items: await listSubjects(viewer) }),
	}),
	'PUT /api/v1/subjects/[slug]/follow': operation({
		...writes,
		summary: 'Follow a subject: what one brings, whether others read it, whether it comes to the home feed',
		input: v.strictObject({
			brings: v.optional(v.pipe(v.string(), v.maxLength(bringsMax, 'groups.brings_long')), ''),
			shown: v.optional(v.boolean(), false),
			in_feed: v.optional(v.boolean(), false),
		}),
		output: v.object({ slug: v.string() }),
		act: async (viewer, { brings, shown, in_feed }, { slug }) => {
			await follow(viewer, slug!, { brings, shown: shown ? 'on' : '', in_feed: in_feed ? 'on' : '' });
			return { slug: slug! };
		},
	}),
	'DELETE /api/v1/subjects/[slug]/follow': operation({
		...writes,
		summary: 'Stop following a subject',
		input: nothing,
		output: v.object({ slug: v.string() }),
		act: async (viewer, _input, { slug }) => {
			await unfollow(viewer, slug!);
			return { slug: slug! };
		},
	}),
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
		act: onSubject(withdrawProposal),
	}),
	'GET /api/v1/subjects/kept': operation({
		...sees,
		summary: 'Every subject with what hangs on it, for who keeps the list',
		input: nothing,
		output: v.object({
			items: v.array(
				v.object({ ...subject.entries, retired: v.boolean(), groups: v.number(), followers: v.number() }),
			),
		}),
		act: async (viewer) => ({ items: (await subjectsKept(viewer)).subjects }),
	}),
	'POST /api/v1/subjects': operation({
		...keeps,
		summary: 'Add a subject to the list',
		status: 201,
		input: written,
		output: done,
		act: async (viewer, input) => ({ id: await addSubject(viewer, input) }),
	}),
	'PATCH /api/v1/subjects/[id]': operation({
		...keeps,
		summary: 'Rename a subject; its address stays',
		input: written,
		output: done,
		act: async (viewer, input, { id }) => {
			await renameSubject(viewer, id!, input);
			return { id: id! };
		},
	}),
	'PUT /api/v1/subjects/[id]/retirement': operation({
		...keeps,
		summary: 'Take a subject off the list',
		input: nothing,
		output: done,
		act: onSubject(retireSubject),
	}),
	'DELETE /api/v1/subjects/[id]/retirement': operation({
		...keeps,
		summary: 'Put a subject back on the list',
		input: nothing,
		output: done,
		act: onSubject(restoreSubject),
	}),
	'POST /api/v1/subjects/[id]/merge': operation({
		...keeps,
		summary: 'Make one subject of two: its groups, followers and posts go to the other',
		input: v.strictObject(MergeForm.entries),
		output: done,
		act: async (viewer, { into }, { id }) => {
			await mergeSubject(viewer, id!, into);
			return { id: into };
		},
	}),
};
