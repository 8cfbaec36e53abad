import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { documentsOf } from './list.ts';
import { pin, unpin } from './pin.ts';

const leads = { gate: 'network', scope: 'posts:write', rule: 'groups.circle.lead', audit: true } as const;
const done = v.object({ id: v.string() });

/** Documents of a group, for programs. */
export const documentsApi: Record<string, Operation> = {
	'GET /api/v1/groups/[id]/documents': operation({
		gate: 'network',
		scope: 'posts:read',
		rule: 'groups.circle.read',
		summary: 'Documents said in a group one reads: pinned ones first, then the newest',
		input: v.object({
			q: v.optional(v.pipe(v.string(), v.maxLength(100, 'app.invalid_value'))),
			cursor: v.optional(v.pipe(v.string(), v.maxLength(60, 'app.invalid_value'))),
		}),
		output: v.object({
			items: v.array(
				v.object({
					id: v.string(),
					name: v.string(),
					bytes: v.number(),
					at: v.string(),
					by: v.object({ id: v.string(), name: v.string() }),
					postId: v.string(),
					isPinned: v.boolean(),
				}),
			),
			next: v.nullable(v.string()),
		}),
		act: async (viewer, { q, cursor }, params) => {
			const { documents, next } = await documentsOf(viewer, params.id!, { q: q ?? '', from: cursor ?? null });
			return { items: documents, next };
		},
	}),
	'PUT /api/v1/groups/[id]/documents/[file]/pin': operation({
		...leads,
		summary: 'Keep a document at the top of the list of its group',
		input: v.object({}),
		output: done,
		act: async (viewer, _input, params) => {
			await pin(viewer, params.id!, params.file!);
			return { id: params.file! };
		},
	}),
	'DELETE /api/v1/groups/[id]/documents/[file]/pin': operation({
		...leads,
		summary: 'Let a document back among the others',
		input: v.object({}),
		output: done,
		act: async (viewer, _input, params) => {
			await unpin(viewer, params.id!, params.file!);
			return { id: params.file! };
		},
	}),
};
