import { said } from '#domains/feed/index.ts';
import { wordsRead } from '#domains/messages/index.ts';
import { showPerson } from '#domains/profiles/index.ts';
import type { Subject, SubjectKind } from '#domains/safety/index.ts';
import type { Viewer } from '#platform/viewer.ts';
import { subjects } from '../../../subjects.ts';

/** What somebody reports, read through the front door of whoever holds it: what they do not see does not exist. Throws NotFound. */
export async function reported(viewer: Viewer, kind: SubjectKind, id: string) {
	if (kind === 'message') {
		const { conversation, author } = await wordsRead(viewer, id);
		const subject: Subject = {
			kind,
			id,
			placeId: conversation,
			authorId: author.id,
			hostId: author.id,
			unitId: null,
		};
		return { kind, id, author, text: '', back: `/messages/${conversation}`, subject };
	}
	if (kind === 'profile') {
		const person = await showPerson(viewer, id);
		const subject: Subject = { kind, id, placeId: id, authorId: id, hostId: id, unitId: null };
		return { kind, id, author: { id, name: person.name }, text: '', back: `/personnes/${id}`, subject };
	}
	if (kind !== 'post' && kind !== 'comment') {
		const { place, said: read } = subjects[kind];
		const { author, unitId, text } = await read(viewer, id);
		const subject: Subject = { kind, id, placeId: id, authorId: author.id, hostId: author.id, unitId };
		return { kind, id, author, text, back: `/${place}/${id}`, subject };
	}
	const { author, postId, hostId, unitId, text } = await said(viewer, kind, id);
	const subject: Subject = { kind, id, placeId: postId, authorId: author.id, hostId, unitId };
	return { kind, id, author, text, back: `/publications/${postId}`, subject };
}
