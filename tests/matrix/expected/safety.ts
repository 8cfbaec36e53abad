import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { any, crowd, over, without } from '../who.ts';
import { metBy } from './people.ts';

const odile = any('odile');

/** Reports, decisions, appeals; people set apart. */
export function safety({ post, decision, appeal }: Things): Target[] {
	const judges = over.villebrume.moderate;
	const kase = `/moderation/cas/post/${post.network}`;
	const verdict = { outcome: 'keep', rule: 'attack', note: 'Rien à redire' };
	// Paulo decided: he does not judge his own decision again.
	const hears = without(judges, 'paulo');
	const decided = (['hidden', 'appealed'] as const).flatMap((state) => {
		const path = `/securite/decisions/${decision[state]}`;
		return [
			at('GET /securite/decisions/[id=id]', `decision ${state}`, path, { in: [...odile, ...judges] }),
			at('POST /securite/decisions/[id=id]?appeal', `decision ${state}`, path, {
				in: odile,
				forbidden: judges,
				busy: true,
				body: { text: 'Je conteste' },
			}),
		];
	});
	return [
		...decided,
		...apart(),
		at('GET /moderation', 'queue', '/moderation'),
		at('POST /moderation?take', 'report on post network', '/moderation', {
			in: judges,
			body: { kind: 'post', id: post.network },
		}),
		at('GET /moderation/cas/[kind]/[id=id]', 'report on post network', kase, { in: judges }),
		at('POST /moderation/cas/[kind]/[id=id]?decide', 'report on post network', kase, {
			in: judges,
			body: verdict,
		}),
		at('GET /moderation/cas/[kind]/[id=id]', 'nothing reported', `/moderation/cas/post/${post.friends}`, {
			in: crowd.nobody,
		}),
		at('GET /moderation/recours/[id=id]', 'appeal of Odile', `/moderation/recours/${appeal}`, { in: hears }),
		at('POST /moderation/recours/[id=id]?hear', 'appeal of Odile', `/moderation/recours/${appeal}`, {
			in: hears,
			body: { outcome: 'confirmed', answer: 'Vu' },
		}),
	];
}

function apart(): Target[] {
	// Whether somebody is there is not told by trying to block them. Mathis and Lucien are told that they are themselves.
	const people = (['mathis', 'lucien', 'awa'] as const).flatMap((name) =>
		[`/securite`, `/securite/bloquer?personne=${idOf(name)}`].flatMap((page) =>
			['block', 'mute'].map((act) =>
				at(`POST ${page.split('?')[0]}?${act}`, name, page, {
					in: metBy[name],
					busy: true,
					body: { person: idOf(name) },
				}),
			),
		),
	);
	return [
		at('GET /securite', 'own', '/securite'),
		at('GET /securite/bilan', 'figures', '/securite/bilan'),
		at('POST /securite?block', 'Fanny', '/securite', {
			in: crowd.network,
			busy: true,
			body: { person: idOf('fanny') },
		}),
		at('POST /securite?mute', 'Fanny', '/securite', {
			in: crowd.network,
			busy: true,
			body: { person: idOf('fanny') },
		}),
		at('POST /securite?unblock', 'nobody', '/securite', {
			in: crowd.network,
			busy: true,
			body: { person: idOf('lucien') },
		}),
		at('POST /securite?unmute', 'nobody', '/securite', {
			in: crowd.network,
			busy: true,
			body: { person: idOf('lucien') },
		}),
		...people,
	];
}
