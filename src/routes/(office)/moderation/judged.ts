import { saidOfEvent } from '#domains/events/index.ts';
import { said } from '#domains/feed/index.ts';
import { commentAt } from '#domains/notices/index.ts';
import { showPerson } from '#domains/profiles/index.ts';
import type { SubjectKind } from '#domains/safety/index.ts';
import { Refusal } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';

/** What a moderator judges, as they read it themselves. Null when they do not: nobody judges what they cannot read. */
export async function judged(
	viewer: Viewer,
	kind: SubjectKind,
	id: string,
): Promise<{ words: string; href: string } | null> {
	try {
		if (kind === 'profile') {
			await showPerson(viewer, id);
			return { words: '', href: `/personnes/${id}` };
		}
		if (kind === 'event') {
			const { text } = await saidOfEvent(viewer, id);
			return { words: text, href: `/evenements/${id}` };
		}
		const { text, postId } = await said(viewer, kind, id);
		return { words: text, href: kind === 'comment' ? commentAt(postId, id) : `/publications/${postId}` };
	} catch (refusal) {
		if (refusal instanceof Refusal) return null;
		throw refusal;
	}
}
