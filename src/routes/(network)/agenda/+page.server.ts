import { agenda, hostsOf, scopes } from '#domains/events/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const scope = scopes.find((one) => one === url.searchParams.get('voir')) ?? 'all';
	const [found, hosts] = await Promise.all([
		agenda(viewer, { scope, after: url.searchParams.get('apres') ?? '' }),
		hostsOf(viewer),
	]);
	return { title: words.say('events.agenda'), agenda: found, scope, mayPlan: hosts.length > 0 };
};
