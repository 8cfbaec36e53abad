import * as v from 'valibot';
import { formVerb, type Operation, operation } from '#platform/domain.ts';
import { idText } from '#platform/text/typed.ts';
import { appealOf, HearForm, hearAppeal } from './appeal.ts';
import { DecideForm, outcomes, take } from './decide.ts';
import { figures } from './figures.ts';
import { journal } from './journal/read.ts';
import { appealsToHear } from './queue.ts';
import { houseRules, subjectKinds } from './report.ts';
import { casesToJudge, caseToJudge, judge, kindNamed } from './subjects.ts';

const judges = { gate: 'app:moderation', rule: 'safety.report.see', scope: 'moderation:read' } as const;
const decides = { ...judges, scope: 'moderation:write' } as const;
const hears = { ...judges, rule: 'safety.appeal.hear' } as const;

const text = v.nullable(v.string());
const kind = v.picklist(subjectKinds);
const rule = v.picklist(houseRules);
const entries = {
	kind,
	subjectId: v.string(),
	author: v.object({ id: v.string(), name: v.string() }),
	unit: v.nullable(v.string()),
	reasons: v.array(rule),
	notes: v.array(v.string()),
	reports: v.number(),
	since: v.string(),
	takenBy: v.nullable(v.string()),
	earlier: v.number(),
};
const appeal = v.object({
	id: v.string(),
	kind,
	outcome: v.picklist(outcomes),
	rule,
	author: v.string(),
	dueAt: v.string(),
});
const one = '/api/v1/moderation/cases/[kind]/[id]';

/** What moderators read and decide: each form of their pages, for programs of theirs. */
export const judgingApi: Record<string, Operation> = {
	'GET /api/v1/moderation': operation({
		...judges,
		summary: 'What waits for this moderator, the oldest first; never who reported',
		input: v.object({}),
		output: v.object({ cases: v.array(v.object(entries)), appeals: v.array(appeal) }),
		act: async (viewer) => ({
			cases: await casesToJudge(viewer),
			appeals: await appealsToHear(viewer),
		}),
	}),
	[`GET ${one}`]: operation({
		...judges,
		summary: 'One case, with the words that were reported as this moderator reads them',
		input: v.object({}),
		output: v.object({ ...entries, words: v.string(), href: v.string() }),
		act: async (viewer, _input, params) => {
			const { about, words, href } = await caseToJudge(viewer, kindNamed(params.kind), params.id!);
			return { ...about, words, href };
		},
	}),
	[`PUT ${one}/hold`]: formVerb(
		{ ...decides, summary: 'Take a case for ten minutes, so that two do not answer at once' },
		{ entries: {} },
		(viewer, id, _input, params) => take(viewer, kindNamed(params.kind), id),
	),
	[`POST ${one}/decision`]: operation({
		...decides,
		audit: true,
		summary: 'Decide: the author and who reported are told the rule',
		status: 201,
		input: v.strictObject(DecideForm.entries),
		output: v.object({ id: v.string() }),
		act: async (viewer, input, params) => ({
			id: await judge(viewer, { kind: kindNamed(params.kind), id: params.id! }, input),
		}),
	}),
	'GET /api/v1/moderation/appeals/[id]': operation({
		...hears,
		summary: 'An appeal, and the decision that it asks to look at again',
		input: v.object({}),
		output: v.object({
			...v.omit(appeal, ['id', 'dueAt']).entries,
			note: v.string(),
			words: v.string(),
			at: v.string(),
			appeal: v.object({ at: v.string(), dueAt: v.string(), text: v.string() }),
		}),
		act: (viewer, _input, { id }) => appealOf(viewer, id!),
	}),
	'POST /api/v1/moderation/appeals/[id]/answer': formVerb(
		{
			...hears,
			scope: 'moderation:write',
			audit: true,
			summary: 'Confirm a decision or reverse it: its author is told, and what it did ends',
		},
		HearForm,
		hearAppeal,
	),
	'GET /api/v1/journal': operation({
		gate: 'app:journal',
		rule: 'audit.entry.see',
		scope: 'audit:read',
		audit: true,
		summary:
			'What officers did and read, in one’s unit and below, the latest first; reading it is an act of the journal itself',
		input: v.object({
			act: v.optional(v.pipe(v.string(), v.maxLength(80, 'app.invalid_value'))),
			person: v.optional(v.pipe(v.string(), v.maxLength(80, 'app.invalid_value'))),
			unit: v.optional(idText),
			cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'app.invalid_value'))),
		}),
		output: v.object({
			items: v.array(
				v.object({
					...{ seq: v.string(), at: v.string(), act: v.string(), reason: text, unit: text },
					...{ actor: v.nullable(entries.author), subject: text, subjectId: text, subjectName: text },
				}),
			),
			next: text,
		}),
		act: async (viewer, { cursor: before, ...search }) => {
			const { entries: items, next } = await journal(viewer, { ...search, before });
			return { items, next };
		},
	}),
	'GET /api/v1/moderation/figures': operation({
		gate: 'network',
		scope: 'safety:read',
		summary:
			'What was reported, decided and reversed in a year, by rule; numbers only, of the whole organisation',
		input: v.object({ year: v.pipe(v.string(), v.regex(/^20\d\d$/, 'app.invalid_value')) }),
		output: v.object({
			year: v.number(),
			reports: v.number(),
			rules: v.array(
				v.object({
					...{ rule, reversed: v.number() },
					...v.object(Object.fromEntries(outcomes.map((outcome) => [outcome, v.number()]))).entries,
				}),
			),
		}),
		act: (viewer, { year }) => figures(viewer, Number(year)),
	}),
};
