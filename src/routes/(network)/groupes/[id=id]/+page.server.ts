import { inGroup } from '#domains/feed/index.ts';
import { showGroup } from '#domains/groups/index.ts';
import { isId } from '#platform/ids.ts';
import type { PageServerLoad } from './$types';

export { actions } from './acts.ts';

export const load: PageServerLoad = async ({ locals: { viewer }, params, url }) => {
	const asked = url.searchParams.get('avant');
	const before = isId(asked) ? asked : null;
	const group = await showGroup(viewer, params.id);
	return { title: group.name, group, said: await inGroup(viewer, params.id, before), before };
};
