import type { LiveTopic } from '#platform/domain.ts';
import type { Viewer } from '#platform/viewer.ts';

/** The count on the bell, as it changes. Each hears their own. */
export const bell: LiveTopic = {
	gate: 'account',
	channels: async (viewers: readonly Viewer[]) => viewers.map(({ id }) => (id ? [`person:${id}`] : [])),
};
