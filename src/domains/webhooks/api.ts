import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { remove, replay } from './change.ts';
import { create, HookForm } from './create.ts';
import { type Delivery, type Hook, hookOf, hooksOf } from './queries.ts';

const HookView = v.object({
	id: v.string(),
	name: v.string(),
	url: v.string(),
	kinds: v.array(v.string()),
	state: v.picklist(['active', 'paused', 'stopped', 'failing']),
	created_at: v.string(),
	failing_since: v.nullable(v.string()),
});
const DeliveryView = v.object({
	id: v.string(),
	kind: v.string(),
	state: v.picklist(['waiting', 'sent', 'failed']),
	created_at: v.string(),
	tries: v.number(),
	tried_at: v.nullable(v.string()),
	next_at: v.nullable(v.string()),
	status: v.nullable(v.number()),
	problem: v.nullable(v.string()),
	milliseconds: v.nullable(v.number()),
});

const hookView = ({ createdAt, failingSince, ...hook }: Hook) => ({
	...hook,
	created_at: createdAt,
	failing_since: failingSince,
});
const deliveryView = ({ createdAt, triedAt, nextAt, ...one }: Delivery) => ({
	...one,
	created_at: createdAt,
	tried_at: triedAt,
	next_at: nextAt,
});

const reads = { gate: 'office', scope: 'webhooks:read' } as const;
const writes = { gate: 'office', scope: 'webhooks:write', audit: true } as const;
const path = '/api/v1/webhooks';

/** What a program may do with the addresses, for who keeps them: a token with a code of the second factor beside it. */
export const api: Record<string, Operation> = {
	[`GET ${path}`]: operation({
		...reads,
		rule: 'webhooks.keeper.see',
		summary: 'The addresses that are told of events and missions, without their secrets',
		input: v.object({}),
		output: v.object({ webhooks: v.array(HookView) }),
		act: async (viewer) => ({ webhooks: (await hooksOf(viewer)).map(hookView) }),
	}),
	[`POST ${path}`]: operation({
		...writes,
		rule: 'webhooks.keeper.see',
		stepUp: true,
		status: 201,
		summary: 'Adds an address; its secret is in this answer and in no other',
		input: HookForm,
		output: v.object({ id: v.string(), secret: v.string() }),
		act: (viewer, input) => create(viewer, input),
	}),
	[`DELETE ${path}/[id]`]: operation({
		...writes,
		rule: 'webhooks.hook.see',
		summary: 'Removes an address; the page takes it back for a day',
		input: v.object({}),
		output: v.object({ removed: v.literal(true) }),
		act: async (viewer, _, { id }) => {
			await remove(viewer, id!);
			return { removed: true };
		},
	}),
	[`GET ${path}/[id]/deliveries`]: operation({
		...reads,
		rule: 'webhooks.delivery.see',
		summary: 'The last messages for an address and how their last try ended, latest first',
		input: v.object({ before: v.optional(v.pipe(v.string(), v.uuid('app.invalid_value'))) }),
		output: v.object({ deliveries: v.array(DeliveryView), next: v.nullable(v.string()) }),
		act: async (viewer, { before }, { id }) => {
			const { deliveries, next } = await hookOf(viewer, id!, before);
			return { deliveries: deliveries.map(deliveryView), next };
		},
	}),
	[`POST ${path}/deliveries/[id]/replay`]: operation({
		...writes,
		rule: 'webhooks.delivery.see',
		status: 202,
		summary: 'Sends a message again, under the same identifier',
		input: v.object({}),
		output: v.object({ state: v.literal('waiting') }),
		act: async (viewer, _, { id }) => {
			await replay(viewer, id!);
			return { state: 'waiting' };
		},
	}),
};
