import * as v from 'valibot';
import { notFound, Refusal } from '#platform/errors.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type DecideForm, decide } from './decide.ts';
import { caseOf, queue } from './queue.ts';
import { ReportForm, report, type Subject, type SubjectKind, subjectKinds } from './report.ts';

/** What is reported, as the domain that holds it reads it to one viewer. */
export interface Told {
	author: { id: string; name: string };
	text: string;
	unitId: string | null;
	/** Where one came from, and goes back to. */
	href: string;
	/** The post of a comment, the conversation of a message; itself when absent. */
	placeId?: string;
	/** Who opened the thread; the author when absent. */
	hostId?: string;
}

/** What a moderator judges. `kept`: what a decision keeps of it, where that is not the words. */
export interface Judged {
	words: string;
	/** Empty where the page is not theirs to open. */
	href: string;
	kept?: string;
}

/** How a domain reads one kind of thing to who reports it and to who judges it. */
export interface SubjectReader {
	/** As one who sees it. Throws NotFound. */
	told(viewer: Viewer, id: string): Promise<Told>;
	/** As one who judges it, where that is not what `told` says; null when there is nothing to read. */
	judged?(viewer: Viewer, id: string): Promise<Judged | null>;
	/** One chooses what is shown with it: it is reported by a verb of its own. */
	isShown?: true;
}

const readers: Partial<Record<SubjectKind, SubjectReader>> = {};

/** Tells how things of these kinds are read; the domains that hold them call it once, as they are declared. */
export function declareSubjects(more: Partial<Record<SubjectKind, SubjectReader>>): void {
	Object.assign(readers, more);
}

const readerOf = (kind: SubjectKind): SubjectReader => {
	const reader = readers[kind];
	if (!reader) throw new Error(`nobody declared how a ${kind} is read`);
	return reader;
};

/** What somebody reports, read by whoever holds it: what they do not see does not exist. Throws NotFound. */
export async function reported(viewer: Viewer, kind: SubjectKind, id: string) {
	const { author, text, unitId, href, ...where } = await readerOf(kind).told(viewer, id);
	const { placeId = id, hostId = author.id } = where;
	const subject: Subject = { kind, id, placeId, authorId: author.id, hostId, unitId };
	return { kind, id, author, text, back: href, subject };
}

export const ReportOfForm = v.object({
	...ReportForm.entries,
	kind: v.picklist(subjectKinds, 'app.invalid_value'),
	id: idText,
});

/** Reports what one reads; gives the place that it is read at. Throws NotFound, Forbidden, Invalid. */
export async function reportSeen(
	viewer: Viewer,
	{ kind, id, ...input }: v.InferOutput<typeof ReportOfForm>,
): Promise<string> {
	if (readerOf(kind).isShown) throw notFound();
	const { subject, back } = await reported(viewer, kind, id);
	await report(viewer, subject, input);
	return back;
}

/** What a moderator judges, as they read it themselves. Null when they do not: nobody judges what they cannot read. */
export async function judged(viewer: Viewer, kind: SubjectKind, id: string): Promise<Judged | null> {
	const reader = readerOf(kind);
	try {
		if (reader.judged) return await reader.judged(viewer, id);
		const { text, href } = await reader.told(viewer, id);
		return { words: text, href };
	} catch (refusal) {
		if (refusal instanceof Refusal) return null;
		throw refusal;
	}
}

/** What waits for this moderator and that they read, oldest first. */
export async function casesToJudge(viewer: Viewer) {
	const waiting = await queue(viewer);
	const read = await Promise.all(waiting.map(({ kind, subjectId }) => judged(viewer, kind, subjectId)));
	return waiting.filter((_, at) => read[at] !== null);
}

/** The kind that an address names. Throws NotFound. */
export function kindNamed(name: string | undefined): SubjectKind {
	const kind = subjectKinds.find((one) => one === name);
	if (!kind) throw notFound();
	return kind;
}

/** One case, with the words to judge. Throws NotFound when there is none for this moderator, or they do not read it. */
export async function caseToJudge(viewer: Viewer, kind: SubjectKind, id: string) {
	const content = await judged(viewer, kind, id);
	if (!content) throw notFound();
	return { ...content, about: await caseOf(viewer, kind, id) };
}

/** Decides about what this moderator reads. Throws as `decide` does. */
export async function judge(
	viewer: Viewer,
	{ kind, id }: { kind: SubjectKind; id: string },
	input: v.InferOutput<typeof DecideForm>,
): Promise<string> {
	const content = await judged(viewer, kind, id);
	// Hidden by the first of two clicks, the words are gone for the second: it gets the first one's answer.
	const words = content?.kept ?? content?.words ?? null;
	return decide(viewer, { kind, subjectId: id, words }, input);
}
