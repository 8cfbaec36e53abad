import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import type { PostState } from '../things-feed.ts';
import { any, both, type Crowd, crowd, over } from '../who.ts';
import { answers, present, readers, restores } from './feed.ts';

const odile = any('odile');
const nobody = crowd.nobody;

/** What programs do with posts and comments that exist: the states that differ in who may. */
export const talkByProgram = ({ post, comment, option }: Things): Target[] => [
	...(['network', 'friends', 'waiting', 'judgedAway'] as const).flatMap((state) =>
		aboutPost(state, `/api/v1/posts/${post[state]}`, option[state]),
	),
	...(
		[
			['villebrume', 'villebrume', over.villebrume.moderate],
			['removed', 'villebrume', nobody],
		] as const
	).flatMap(([name, on, moderators]) =>
		aboutComment(name, `/api/v1/comments/${comment[name]}`, { seen: present(readers[on]), moderators }),
	),
	at('GET /api/v1/drafts', 'own', '/api/v1/drafts'),
	at('PUT /api/v1/drafts/[place]', 'of the home', '/api/v1/drafts/feed', { body: { text: 'Brouillon' } }),
	at('DELETE /api/v1/drafts/[place]', 'of the home', '/api/v1/drafts/feed'),
];

function aboutPost(state: PostState, api: string, option: string): Target[] {
	const about = `post ${state}`;
	const rule = (crowdIn: Crowd) => ({ in: crowdIn, forbidden: present(readers[state]) });
	return [
		at('PUT /api/v1/posts/[id]/vote', about, `${api}/vote`, {
			...rule(answers(state)),
			body: { choices: [option] },
		}),
		at('DELETE /api/v1/posts/[id]/vote', about, `${api}/vote`, rule(answers(state))),
		at('POST /api/v1/posts/[id]/undo', about, `${api}/undo`, {
			...rule(state === 'waiting' ? odile : nobody),
			told: true,
		}),
		at('DELETE /api/v1/posts/[id]/removal', about, `${api}/removal`, {
			...rule(restores[state] ?? nobody),
			told: true,
		}),
	];
}

function aboutComment(
	name: 'villebrume' | 'removed',
	api: string,
	{ seen, moderators }: { seen: Crowd; moderators: Crowd },
): Target[] {
	const about = `comment ${name}`;
	const gone = name === 'removed';
	const rule = (crowdIn: Crowd) => ({ in: crowdIn, forbidden: seen });
	return [
		at('PATCH /api/v1/comments/[id]', about, api, {
			...rule(gone ? nobody : odile),
			body: { text: 'Corrigé' },
		}),
		at('DELETE /api/v1/comments/[id]', about, api, rule(gone ? nobody : both(odile, moderators))),
		at('DELETE /api/v1/comments/[id]/removal', about, `${api}/removal`, {
			...rule(gone ? odile : nobody),
			told: true,
		}),
		at('PUT /api/v1/comments/[id]/thanks', about, `${api}/thanks`, rule(gone ? nobody : seen)),
		at('DELETE /api/v1/comments/[id]/thanks', about, `${api}/thanks`, rule(gone ? nobody : seen)),
	];
}
