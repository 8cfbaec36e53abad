import type { Viewer } from '#platform/viewer.ts';
import { newcomers } from '../belonging/members.ts';
import type { Noun } from '../blueprint.ts';
import { showUnit } from './show.ts';

/** The column beside the feed: one's own unit, who answers for it, who just arrived. */
export interface HomeAside {
	unit?: {
		id: string;
		slug: string;
		name: string;
		members: number;
		sympathisers: number;
		officers: { id: string; name: string; office: Noun }[];
	};
	newcomers: { id: string; name: string }[];
}

/** What the page gives as `aside`; without a unit, nothing but an empty list. */
export async function homeAside(viewer: Viewer): Promise<HomeAside> {
	const [id] = viewer.units;
	if (!id) return { newcomers: [] };
	const { slug, name, members, sympathisers, officers } = await showUnit(viewer, id);
	const unit = {
		id,
		slug,
		name,
		members: members ?? 0,
		sympathisers: sympathisers ?? 0,
		officers: officers ?? [],
	};
	return { unit, newcomers: await newcomers(viewer, id, 3) };
}
