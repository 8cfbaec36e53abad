import { declareSubjects } from '#domains/safety/index.ts';
import type { Domain } from '#platform/domain.ts';
import { api } from './api.ts';
import { filesApi } from './api-files.ts';
import { talkApi } from './api-talk.ts';
import { digest } from './digest.ts';
import { documentsApi } from './documents/api.ts';
import { jobs } from './jobs.ts';
import './list/answer.ts';
import { agreeing } from './consent.ts';
import { listApi } from './list/api.ts';
import { listJobs, listListeners } from './list/round.ts';
import { newPosts } from './live.ts';
import { seesMedia } from './media.ts';
import { merging } from './merged.ts';
import { privacy } from './privacy.ts';
import { reportedComment, reportedPost } from './reported.ts';
import { listeners, sights } from './tell.ts';

const sees = { gate: 'network', rule: 'feed.post.see' } as const;

declareSubjects({ post: reportedPost, comment: reportedComment });

/** What the house knows of this domain. */
export const feed: Domain = {
	name: 'feed',
	routes: {
		'GET /fil': sees,
		'GET /fil/publier': { gate: 'network' },
		'POST /fil/publier?publish': { gate: 'network', rate: 'upload' },
		'POST /fil/publier?draft': { gate: 'network' },
		'POST /fil?vote': { ...sees, rule: 'feed.post.vote' },
		'POST /fil?thank': { ...sees, rule: 'feed.post.thank' },
		'GET /publications/[id=id]': { gate: 'anyone', rule: 'feed.post.see' },
		'POST /publications/[id=id]?comment': { ...sees, rule: 'feed.post.comment' },
		'POST /publications/[id=id]?editComment': { ...sees, rule: 'feed.comment.edit' },
		'POST /publications/[id=id]?removeComment': { ...sees, rule: 'feed.comment.remove' },
		'POST /publications/[id=id]?restoreComment': { ...sees, rule: 'feed.comment.restore' },
		'POST /publications/[id=id]?thank': { ...sees, rule: 'feed.post.thank' },
		'POST /publications/[id=id]?vote': { ...sees, rule: 'feed.post.vote' },
		'POST /publications/[id=id]?remove': { ...sees, rule: 'feed.post.remove' },
		'POST /publications/[id=id]?restore': { ...sees, rule: 'feed.post.restore' },
		'POST /publications/[id=id]?undo': { ...sees, rule: 'feed.post.undo' },
		'GET /publications/[id=id]/modifier': { ...sees, rule: 'feed.post.edit' },
		'POST /publications/[id=id]/modifier?edit': { ...sees, rule: 'feed.post.edit' },
		'POST /groupes/[id=id]?byMail': { gate: 'network', rule: 'groups.circle.receive' },
		'POST /groupes/[id=id]?newAddress': { gate: 'network', rule: 'groups.circle.receive' },
		'GET /desabonnement/groupe/[token]': { gate: 'anyone' },
		'POST /desabonnement/groupe/[token]?default': { gate: 'anyone', rate: 'read' },
		'GET /groupes/[id=id]/documents': { gate: 'network', rule: 'groups.circle.read' },
		'POST /groupes/[id=id]/documents?pin': { gate: 'network', rule: 'groups.circle.lead', audit: true },
		'POST /groupes/[id=id]/documents?unpin': { gate: 'network', rule: 'groups.circle.lead', audit: true },
		'GET /fichiers/[id=id]': { gate: 'anyone', rule: 'feed.post.see' },
		'GET /live': { gate: 'network', rule: 'feed.post.see' },
	},
	api: { ...api, ...talkApi, ...listApi, ...documentsApi, ...filesApi },
	apps: [
		{
			name: 'feed',
			label: 'feed.home',
			icon: 'house',
			href: '/fil',
			gate: { open: 'network' },
			fixed: true,
			group: 'network',
			position: 0,
		},
	],
	jobs: [...jobs, ...listJobs],
	listeners: [...listeners, ...listListeners, ...merging, ...agreeing],
	sights,
	digest,
	live: { posts: newPosts },
	holders: { 'feed.post': seesMedia },
	privacy,
};
