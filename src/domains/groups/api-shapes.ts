import * as v from 'valibot';

// What programs send and get of groups and subjects, and what doors ask of them.

export const nothing = v.object({});
export const done = v.object({ id: v.string() });
export const subject = v.object({
	id: v.string(),
	slug: v.string(),
	name: v.object({ fr: v.string(), en: v.string() }),
});

export const reads = { gate: 'network', scope: 'groups:read' } as const;
export const writes = { gate: 'network', scope: 'groups:write' } as const;
