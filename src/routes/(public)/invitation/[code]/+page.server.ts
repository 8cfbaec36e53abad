import { plainCode, showInvitation } from '#domains/territory/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const code = plainCode(params.code);
	const guest = await showInvitation(code);
	return {
		title: locals.words.say('territory.invite_page'),
		frame: { coverSeed: guest?.unit.id ?? 'invitation' },
		guest,
		code,
	};
};
