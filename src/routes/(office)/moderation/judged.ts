import { said } from '#domains/feed/index.ts';
import { exhibitFor } from '#domains/messages/index.ts';
import { commentAt } from '#domains/notices/index.ts';
import { showPerson } from '#domains/profiles/index.ts';
import type { SubjectKind } from '#domains/safety/index.ts';
import { Refusal } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';
import { subjects } from '../../subjects.ts';

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
		if (kind !== 'post' && kind !== 'comment') return await judgedThing(viewer, kind, id);
		const { text, postId } = await said(viewer, kind, id);
		return { words: text, href: kind === 'comment' ? commentAt(postId, id) : `/publications/${postId}` };
	} catch (refusal) {
		if (refusal instanceof Refusal) return null;
		throw refusal;
	}
}

async function judgedThing(viewer: Viewer, kind: keyof typeof subjects, id: string) {
	const { place, said: read } = subjects[kind];
	const found = await read(viewer, id);
	// A secret group is judged by its words alone: its page is not theirs to open.
	const isShut = 'isShut' in found && found.isShut;
	return { words: found.text, href: isShut ? '' : `/${place}/${id}` };
}
