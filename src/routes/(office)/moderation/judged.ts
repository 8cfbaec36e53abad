import { saidOfEvent } from '#domains/events/index.ts';
import { said } from '#domains/feed/index.ts';
import { groupSaid } from '#domains/groups/index.ts';
import { exhibitFor } from '#domains/messages/index.ts';
import { ideaSaid, missionSaid, petitionSaid } from '#domains/missions/index.ts';
import { commentAt } from '#domains/notices/index.ts';
import { showPerson } from '#domains/profiles/index.ts';
import type { SubjectKind } from '#domains/safety/index.ts';
import { Refusal } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';

const others = {
	event: { place: 'evenements', said: saidOfEvent },
	group: { place: 'groupes', said: groupSaid },
	mission: { place: 'missions', said: missionSaid },
	initiative: { place: 'initiatives', said: ideaSaid },
	petition: { place: 'petitions', said: petitionSaid },
};

/**
 * What a moderator judges, as they read it themselves. Null when they do not: nobody judges what they cannot read. `kept`: what a
 * decision keeps of it, when that is not the words: those of a message stay sealed where they are.
 */
export async function judged(
	viewer: Viewer,
	kind: SubjectKind,
	id: string,
): Promise<{ words: string; href: string; kept?: string } | null> {
	try {
		if (kind === 'profile') {
			await showPerson(viewer, id);
			return { words: '', href: `/personnes/${id}` };
		}
		if (kind === 'message') {
			const shown = await exhibitFor(viewer, id);
			const words = shown?.map(
				({ author, text, reported }) => `${reported ? '→ ' : ''}${author ?? '…'} : ${text}`,
			);
			return words ? { words: words.join('\n'), href: '', kept: '' } : null;
		}
		if (kind !== 'post' && kind !== 'comment') {
			const { place, said: read } = others[kind];
			return { words: (await read(viewer, id)).text, href: `/${place}/${id}` };
		}
		const { text, postId } = await said(viewer, kind, id);
		return { words: text, href: kind === 'comment' ? commentAt(postId, id) : `/publications/${postId}` };
	} catch (refusal) {
		if (refusal instanceof Refusal) return null;
		throw refusal;
	}
}
