import * as v from 'valibot';
import { type Operation, operation, plainVerb } from '#platform/domain.ts';
import { idText } from '#platform/text/typed.ts';
import { done, nothing, reads, subject, writes } from './api-shapes.ts';
import { create } from './create.ts';
import { ask, join, leave } from './enter.ts';
import { about } from './input.ts';
import { invite } from './invite.ts';
import { admit, EditForm, edit } from './lead.ts';
import { peopleOf } from './people.ts';
import { listGroups, showGroup, views } from './queries.ts';
import { similarTo } from './similar.ts';

/** What programs say of a group: its purpose under its own name. */
const { aim: purpose, ...rest } = about;
const said = { ...rest, purpose };

const named = v.object({ id: v.string(), name: v.string() });
const group = v.object({
	id: v.string(),
	name: v.string(),
	purpose: v.string(),
	visibility: v.string(),
	unit: v.nullable(v.string()),
	memberCount: v.number(),
	activeAt: v.string(),
	isArchived: v.boolean(),
	standing: v.string(),
	subjects: v.array(subject),
});
const cursor = v.optional(v.pipe(v.string(), v.maxLength(100, 'app.invalid_value')));

const sees = { ...reads, rule: 'groups.circle.see' } as const;

export const api: Record<string, Operation> = {
	'GET /api/v1/groups': operation({
		...sees,
		summary: 'Groups that the person sees, the liveliest first',
		input: v.object({
			q: v.optional(v.pipe(v.string(), v.maxLength(200, 'app.invalid_value'))),
			view: v.optional(v.picklist(views, 'app.invalid_value')),
			subject: v.optional(v.pipe(v.string(), v.maxLength(100, 'app.invalid_value'))),
			cursor,
		}),
		output: v.object({ items: v.array(group), next: v.nullable(v.string()) }),
		act: async (viewer, { cursor: after, q, view, subject }) => {
			const { groups, next } = await listGroups(viewer, {
				after: after ?? null,
				...(q && { q }),
				...(view && { view }),
				...(subject && { subject }),
			});
			return { items: groups, next };
		},
	}),
	'POST /api/v1/groups': operation({
		...writes,
		summary: 'Open a group; `seen` says that the groups like it were looked at',
		status: 201,
		input: v.strictObject({
			...said,
			unit: v.optional(idText),
			seen: v.literal(true, 'groups.look_first'),
		}),
		output: done,
		act: async (viewer, { unit, purpose: aim, ...input }) => ({
			id: await create(viewer, { ...input, aim, unit: unit ?? '', seen: 'on' }),
		}),
	}),
	'GET /api/v1/groups/alike': operation({
		...sees,
		rate: 'search',
		summary:
			'Groups that the person sees and that look like one to be: by its name and its purpose, nearest first',
		input: v.object({
			name: v.pipe(v.string(), v.maxLength(200, 'app.invalid_value')),
			purpose: v.optional(v.pipe(v.string(), v.maxLength(600, 'app.invalid_value')), ''),
		}),
		output: v.object({ items: v.array(group) }),
		act: async (viewer, { name, purpose: aim }) => ({
			items: await similarTo(viewer, { name, aim, subjects: [] }),
		}),
	}),
	'GET /api/v1/groups/[id]': operation({
		...sees,
		summary: 'One group: purpose, rules, who answers for it',
		input: nothing,
		output: v.object({
			...group.entries,
			rules: v.string(),
			owner: v.nullable(named),
			version: v.number(),
		}),
		act: (viewer, _input, params) => showGroup(viewer, params.id!),
	}),
	'PATCH /api/v1/groups/[id]': operation({
		...writes,
		rule: 'groups.circle.lead',
		summary: 'Change what a group says of itself',
		audit: true,
		input: v.strictObject({ ...said, version: EditForm.entries.version }),
		output: done,
		act: async (viewer, { purpose: aim, ...input }, params) => {
			await edit(viewer, params.id!, { ...input, aim });
			return { id: params.id! };
		},
	}),
	'GET /api/v1/groups/[id]/members': operation({
		...sees,
		rule: 'groups.circle.meet',
		summary: 'People of a group one is in, the oldest member first',
		input: v.object({ cursor }),
		output: v.object({
			items: v.array(v.object({ ...named.entries, since: v.string(), isOwner: v.boolean() })),
			next: v.nullable(v.string()),
		}),
		act: async (viewer, { cursor: from }, params) => {
			const { members, next } = await peopleOf(viewer, params.id!, from ?? null);
			return { items: members, next };
		},
	}),
	'PUT /api/v1/groups/[id]/membership': plainVerb(
		{
			...writes,
			rule: 'groups.circle.join',
			summary: 'Enter an open group',
		},
		join,
	),
	'DELETE /api/v1/groups/[id]/membership': plainVerb(
		{
			...writes,
			rule: 'groups.circle.see',
			summary: 'Leave a group',
		},
		leave,
	),
	'POST /api/v1/groups/[id]/requests': operation({
		...writes,
		rule: 'groups.circle.ask',
		summary: 'Ask to enter a closed group',
		status: 201,
		input: v.strictObject({ note: v.optional(v.pipe(v.string(), v.maxLength(500, 'groups.note_long')), '') }),
		output: v.object({ state: v.string() }),
		act: async (viewer, input, params) => ({ state: await ask(viewer, params.id!, input) }),
	}),
	'POST /api/v1/groups/[id]/acceptances': operation({
		...writes,
		rule: 'groups.circle.lead',
		summary: 'Let in somebody who asked',
		input: v.strictObject({ person: idText }),
		output: done,
		act: async (viewer, { person }, params) => {
			await admit(viewer, params.id!, person);
			return { id: person };
		},
	}),
	'POST /api/v1/groups/[id]/invitations': operation({
		...writes,
		rule: 'groups.circle.invite',
		summary: 'Invite somebody of a unit, a group or an office of one’s own',
		status: 201,
		input: v.strictObject({ person: idText }),
		output: done,
		act: async (viewer, { person }, params) => {
			await invite(viewer, params.id!, { person });
			return { id: person };
		},
	}),
};
