import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { followLink, showLink } from './follow.ts';
import { endLink, linksOf, MakeLinkForm, makeLink } from './make.ts';

const leads = { gate: 'network', rule: 'groups.circle.lead' } as const;
const link = v.object({
	id: v.string(),
	by: v.nullable(v.string()),
	letsIn: v.boolean(),
	most: v.number(),
	used: v.number(),
	at: v.string(),
	expiresAt: v.string(),
	over: v.nullable(v.string()),
	came: v.array(v.object({ id: v.string(), name: v.string(), became: v.string(), at: v.string() })),
});

/** Links of a group for programs of who leads it, and of who follows one. */
export const linksApi: Record<string, Operation> = {
	'GET /api/v1/groups/[id]/links': operation({
		...leads,
		scope: 'groups:read',
		summary: 'Links into a group, open ones first, with who came by each; never their secret',
		input: v.object({}),
		output: v.object({ items: v.array(link) }),
		act: async (viewer, _input, params) => ({ items: await linksOf(viewer, params.id!) }),
	}),
	'POST /api/v1/groups/[id]/links': operation({
		...leads,
		scope: 'groups:write',
		audit: true,
		summary: 'Make a link into a group; its secret is given once',
		status: 201,
		input: v.strictObject({
			lasts: MakeLinkForm.entries.lasts,
			most: MakeLinkForm.entries.most,
			letsIn: v.optional(v.boolean(), false),
		}),
		output: v.object({ secret: v.string() }),
		act: async (viewer, { letsIn, ...input }, params) => ({
			secret: await makeLink(viewer, params.id!, { ...input, lets_in: letsIn ? 'on' : '' }),
		}),
	}),
	'DELETE /api/v1/groups/[id]/links/[link]': operation({
		...leads,
		scope: 'groups:write',
		audit: true,
		summary: 'End a link into a group at once',
		input: v.object({}),
		output: v.object({ id: v.string() }),
		act: async (viewer, _input, params) => {
			await endLink(viewer, params.id!, params.link!);
			return { id: params.link! };
		},
	}),
	'GET /api/v1/group-links/[code]': operation({
		gate: 'network',
		scope: 'groups:read',
		rate: 'search',
		summary: 'What a link into a group opens onto; over, ended, full or unknown, it opens nothing',
		input: v.object({}),
		output: v.object({
			groupId: v.string(),
			name: v.string(),
			purpose: v.string(),
			rules: v.string(),
			visibility: v.string(),
			memberCount: v.number(),
			inviter: v.string(),
			letsIn: v.boolean(),
			standing: v.string(),
		}),
		act: (viewer, _input, params) => showLink(viewer, params.code!, ''),
	}),
	'POST /api/v1/group-links/[code]': operation({
		gate: 'network',
		scope: 'groups:write',
		rate: 'search',
		summary: 'Follow a link into a group: come in, or ask, as the link says',
		input: v.object({}),
		output: v.object({ id: v.string(), became: v.picklist(['member', 'asked']) }),
		act: async (viewer, _input, params) => {
			const { groupId, became } = await followLink(viewer, params.code!, '');
			return { id: groupId, became };
		},
	}),
};
