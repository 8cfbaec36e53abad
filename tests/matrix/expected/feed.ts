import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { type PostState, postStates } from '../things-feed.ts';
import { acting, any, both, type Crowd, crowd, over, without } from '../who.ts';

const odile = any('odile');
/** Odile blocked Lucien: her words are not for him, not even the public ones. */
const but = (some: Crowd) => without(some, 'lucien');
const nobody = crowd.nobody;

/** Who reads a post in each state. */
export const readers: Record<PostState, Crowd> = {
	public: but(crowd.everybody),
	network: but(crowd.network),
	members: crowd.members,
	villebrume: but(both(crowd.villebrume, over.villebrume.moderate)),
	federation: but(both(crowd.valdorsande, over.valdorsande.moderate)),
	friends: any('odile', 'ines'),
	removed: odile,
	justRemoved: odile,
	judgedAway: odile,
	undone: nobody,
	waiting: odile,
	hidden: odile,
	spoken: crowd.network,
};
export const shown: PostState[] = [
	'public',
	'network',
	'members',
	'villebrume',
	'federation',
	'friends',
	'spoken',
];
export const present = (some: Crowd) => some.filter((guise) => crowd.network.includes(guise));

/** Who answers, thanks and votes: who reads it, once it is out. */
export const answers = (state: PostState) => (shown.includes(state) ? present(readers[state]) : nobody);
const standing = (state: PostState) => !['removed', 'justRemoved', 'judgedAway', 'undone'].includes(state);
const edits = (state: PostState) =>
	state === 'spoken' ? both(any('samuel'), over.villebrume.speak) : standing(state) ? odile : nobody;
const removes: Partial<Record<PostState, Crowd>> = {
	public: over.villebrume.moderate,
	network: over.villebrume.moderate,
	members: over.villebrume.moderate,
	villebrume: over.villebrume.moderate,
	federation: over.valdorsande.moderate,
	spoken: over.villebrume.moderate,
};
export const restores: Partial<Record<PostState, Crowd>> = {
	justRemoved: odile,
	judgedAway: acting('samuel'),
};

/** Posts in each state, and what one may do to them. */
export function posts({ post, option }: Things): Target[] {
	return postStates.flatMap((state) => {
		const page = `/publications/${post[state]}`;
		const api = `/api/v1/posts/${post[state]}`;
		const seen = readers[state];
		const rule = (crowdIn: Crowd) => ({ in: crowdIn, forbidden: present(seen) });
		const thank = { id: post[state], on: '1', kind: 'post' };
		const about = `post ${state}`;
		const removal = both(edits(state), removes[state] ?? nobody);
		return [
			at('GET /publications/[id=id]', about, page, {
				in: seen,
				...(standing(state) && { finds: { [`canary-post-${state}`]: seen } }),
			}),
			at('POST /publications/[id=id]?comment', about, page, {
				...rule(answers(state)),
				body: { text: 'Bonjour' },
			}),
			at('POST /publications/[id=id]?thank', about, page, { ...rule(answers(state)), body: thank }),
			at('POST /publications/[id=id]?vote', about, page, {
				...rule(answers(state)),
				body: { choices: option[state] },
			}),
			at('POST /fil?thank', about, '/fil', { ...rule(answers(state)), body: thank }),
			at('POST /fil?vote', about, '/fil', {
				...rule(answers(state)),
				body: { id: post[state], choices: option[state] },
			}),
			at('POST /publications/[id=id]?remove', about, page, rule(removal)),
			at('POST /publications/[id=id]?restore', about, page, {
				...rule(restores[state] ?? nobody),
				told: true,
			}),
			at('POST /publications/[id=id]?undo', about, page, {
				...rule(state === 'waiting' ? odile : nobody),
				told: true,
			}),
			at('GET /publications/[id=id]/modifier', about, `${page}/modifier`, rule(edits(state))),
			at('POST /publications/[id=id]/modifier?edit', about, `${page}/modifier`, {
				...rule(edits(state)),
				body: { text: 'Corrigé' },
			}),
			// Its author follows what was removed on its page; programs do not.
			at('GET /api/v1/posts/[id]', about, api, { in: /[rR]emoved|judged/.test(state) ? nobody : seen }),
			at('PATCH /api/v1/posts/[id]', about, api, { ...rule(edits(state)), body: { text: 'Corrigé' } }),
			at('DELETE /api/v1/posts/[id]', about, api, rule(removal)),
			at('GET /api/v1/posts/[id]/comments', about, `${api}/comments`, {
				in: /[rR]emoved|judged/.test(state) ? nobody : present(seen),
			}),
			at('POST /api/v1/posts/[id]/comments', about, `${api}/comments`, {
				...rule(answers(state)),
				body: { text: 'Bonjour' },
			}),
			at('PUT /api/v1/posts/[id]/thanks', about, `${api}/thanks`, rule(answers(state))),
			at('DELETE /api/v1/posts/[id]/thanks', about, `${api}/thanks`, rule(answers(state))),
			at('GET /securite/signaler', about, `/securite/signaler?kind=post&id=${post[state]}`, {
				in: /[rR]emoved|judged/.test(state) ? nobody : present(seen),
				busy: true,
			}),
		];
	});
}

/** Comments, files and the places where one publishes. */
export function talk(things: Things): Target[] {
	const { post, comment, file } = things;
	const spots = [
		['villebrume', 'villebrume', over.villebrume.moderate],
		['network', 'network', over.villebrume.moderate],
		['public', 'public', over.villebrume.moderate],
		['removed', 'villebrume', nobody],
	] as const;
	const targets = spots.flatMap(([name, on, moderators]) => {
		const page = `/publications/${post[on]}`;
		const about = `comment ${name}`;
		const id = comment[name];
		const seen = present(readers[on]);
		const gone = name === 'removed';
		const rule = (crowdIn: Crowd) => ({ in: crowdIn, forbidden: seen });
		return [
			at('POST /publications/[id=id]?editComment', about, page, {
				...rule(gone ? nobody : odile),
				body: { id, text: 'Corrigé' },
			}),
			at('POST /publications/[id=id]?removeComment', about, page, {
				...rule(gone ? nobody : both(odile, moderators)),
				body: { id },
			}),
			at('POST /publications/[id=id]?restoreComment', about, page, {
				...rule(gone ? odile : nobody),
				told: true,
				body: { id },
			}),
			at('POST /publications/[id=id]?thank', about, page, {
				...rule(gone ? nobody : seen),
				body: { id, on: '1', kind: 'comment' },
				rules: ['feed.comment.thank'],
			}),
			at('POST /publications/[id=id]?comment', `reply to ${about}`, page, {
				...rule(gone ? nobody : seen),
				told: true,
				body: { text: 'Oui', reply_to: id },
				rules: ['feed.comment.reply'],
			}),
			at('GET /securite/signaler', about, `/securite/signaler?kind=comment&id=${id}`, {
				in: gone ? nobody : seen,
				busy: true,
				rules: ['feed.comment.see'],
			}),
			// Whoever reads words met who wrote them: the page of a report leads to keeping them apart.
			...keepingApart(
				`/securite/bloquer?personne=${idOf('odile')}&kind=comment&id=${id}`,
				about,
				gone ? nobody : seen,
			),
		];
	});
	const files = (Object.keys(file) as (keyof typeof file)[]).map((state) =>
		at('GET /fichiers/[id=id]', `file of post ${state}`, `/fichiers/${file[state]}`, {
			in: state === 'removed' ? nobody : readers[state],
		}),
	);
	return [...targets, ...files, ...places()];
}

const keepingApart = (page: string, about: string, readers: Crowd) => [
	at('GET /securite/bloquer', `writer of ${about}`, page, {
		in: readers,
		busy: true,
		rules: ['feed.comment.see'],
	}),
	...['block', 'mute'].map((act) =>
		at(`POST /securite/bloquer?${act}`, `writer of ${about}`, page, {
			in: readers,
			busy: true,
			body: { person: idOf('odile') },
			rules: ['feed.comment.see'],
		}),
	),
];

function places(): Target[] {
	const say = { text: 'Bonjour à tous', audience: 'network' };
	return [
		at('GET /fil', 'home', '/fil'),
		at('GET /fil', 'friends', '/fil?vue=amis'),
		at('GET /fil/publier', 'composer', '/fil/publier'),
		at('GET /partager', 'words of another app', '/partager?texte=Bonjour'),
		at('POST /fil/publier?draft', 'draft', '/fil/publier', { body: { text: 'Brouillon' } }),
		at('POST /fil/publier?publish', 'to the network', '/fil/publier', {
			body: say,
			in: crowd.network,
			busy: true,
		}),
		at('POST /fil/publier?publish', 'as the section', '/fil/publier', {
			body: { ...say, as: idOf('villebrume') },
			in: over.villebrume.speak,
			forbidden: crowd.network,
			told: true,
			rules: ['territory.unit.speak'],
		}),
		at('POST /api/v1/posts', 'to the network', '/api/v1/posts', { body: say, in: crowd.network, busy: true }),
		at('GET /api/v1/posts', 'own', '/api/v1/posts'),
		at('GET /api/v1/feed', 'home', '/api/v1/feed'),
		at('GET /live', 'stream', '/live'),
	];
}
