import * as v from 'valibot';
import * as groups from '#domains/groups/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';
import { followOne, quiet, show, unfollowOne } from './acts.ts';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('groups.subjects'),
	subjects: await groups.listSubjects(viewer),
	proposals: await groups.ownProposals(viewer),
});

const proposals = '/sujets#propositions';

export const actions = {
	follow: form(v.object({ ...groups.FollowForm.entries, ...groups.FeedForm.entries }), followOne),
	unfollow: form(groups.FeedForm, unfollowOne),
	show: form(groups.FeedForm, show),
	quiet: form(groups.FeedForm, quiet),
	propose: form(groups.ProposeForm, async (viewer, input) => {
		await groups.proposeSubject(viewer, input);
		return { to: proposals, say: 'groups.proposed' };
	}),
	withdraw: form(groups.WithdrawForm, async (viewer, input) => {
		await groups.withdrawProposal(viewer, input);
		return { to: proposals, say: 'groups.withdrawn_proposal' };
	}),
} satisfies Actions;
