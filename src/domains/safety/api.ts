import * as v from 'valibot';
import { formVerb, type Operation, operation, plainVerb } from '#platform/domain.ts';
import type { Viewer } from '#platform/viewer.ts';
import { setApart, unblock, unmute } from './apart.ts';
import { AppealForm, appeal, decisionOf, decisionsAboutMe } from './appeal.ts';
import { ReportOfForm, reportSeen } from './subjects.ts';

const apartFrom = { gate: 'network', scope: 'safety:write' } as const;
/** A suspended person reads and appeals what was decided about them. */
const decided = { gate: 'account', scope: 'safety:read', rule: 'safety.decision.see' } as const;

const person = v.object({ id: v.string(), name: v.string(), at: v.string() });
const decision = v.object({
	id: v.string(),
	kind: v.string(),
	outcome: v.string(),
	rule: v.string(),
	note: v.string(),
	words: v.string(),
	at: v.string(),
	reversedAt: v.nullable(v.string()),
	mayAppeal: v.boolean(),
});

const plain = (summary: string, act: (viewer: Viewer, id: string) => Promise<unknown>) =>
	plainVerb({ ...apartFrom, summary }, act);

/** What one reports, whom one keeps apart, and what was decided about one’s words. */
export const api: Record<string, Operation> = {
	'POST /api/v1/reports': operation({
		gate: 'network',
		scope: 'safety:write',
		rule: 'feed.post.see',
		summary:
			'Report what one reads to moderators, by a rule of the house; said twice, it is one report, with the last words',
		status: 201,
		input: v.strictObject(ReportOfForm.entries),
		output: v.object({ id: v.string() }),
		act: async (viewer, input) => {
			await reportSeen(viewer, input);
			return { id: input.id };
		},
	}),
	'GET /api/v1/apart': operation({
		gate: 'network',
		scope: 'safety:read',
		summary: 'Whom the person blocked and muted, the latest first; never who blocked them',
		input: v.object({}),
		output: v.object({ blocked: v.array(person), muted: v.array(person) }),
		act: (viewer) => setApart(viewer),
	}),
	'DELETE /api/v1/people/[id]/block': plain('End one’s own block of somebody', unblock),
	'DELETE /api/v1/people/[id]/mute': plain('Hear somebody again', unmute),
	'GET /api/v1/decisions': operation({
		...decided,
		summary: 'What moderators decided about the person’s own words, the latest first',
		input: v.object({}),
		output: v.object({ items: v.array(decision) }),
		act: async (viewer) => ({ items: await decisionsAboutMe(viewer) }),
	}),
	'GET /api/v1/decisions/[id]': operation({
		...decided,
		summary: 'One decision',
		input: v.object({}),
		output: decision,
		act: (viewer, _input, { id }) => decisionOf(viewer, id!),
	}),
	'POST /api/v1/decisions/[id]/appeal': formVerb(
		{
			gate: 'account',
			scope: 'safety:write',
			rule: 'safety.decision.appeal',
			summary: 'Ask somebody else to look again, once; the answer is promised within seven days',
			status: 201,
		},
		AppealForm,
		appeal,
	),
};
