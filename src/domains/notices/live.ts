import type { LiveTopic } from '#platform/domain.ts';

/** The count on the bell, as it changes. Each hears their own. */
export const bell: LiveTopic = {
	gate: 'account',
	channels: ({ id }) => (id ? [`person:${id}`] : []),
};
