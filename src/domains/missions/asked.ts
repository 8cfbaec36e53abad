import type { View } from './queries.ts';

const views: Record<string, View> = { miennes: 'mine', passees: 'past' };

/** What the address asks of the list: which missions, and where a page of the past ended. */
export function viewAsked(url: URL): { view: View; before: Date | null } {
	const typed = url.searchParams.get('avant') ?? '';
	const before = new Date(typed);
	return {
		view: views[url.searchParams.get('vue') ?? ''] ?? 'near',
		before: typed.length < 40 && !Number.isNaN(before.getTime()) ? before : null,
	};
}
