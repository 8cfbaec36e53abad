import * as v from 'valibot';
import type { Listener } from '#platform/jobs.ts';
import { type HookKind, hookKinds } from './kinds.ts';
import { Heard, spread } from './spread.ts';

/** `events.created` for `event.created`: the name that the domain below announces. */
const announced = (kind: HookKind) => kind.replace('.', 's.');

export const listeners = hookKinds.map((kind) => ({
	to: announced(kind),
	name: `webhooks.on_${kind.replace('.', '_')}`,
	hear: async (payload: unknown) => void (await spread(kind, v.parse(Heard, payload))),
})) as Listener<never>[];
