/** What an address may ask to be told. */
export const hookKinds = [
	'event.created',
	'event.changed',
	'event.cancelled',
	'mission.created',
	'mission.changed',
	'mission.closed',
	'mission.cancelled',
] as const;
export type HookKind = (typeof hookKinds)[number];

/** What is sent to try an address: it asks for no kind. */
export const testKind = 'webhooks.test';
