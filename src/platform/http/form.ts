import { createHash } from 'node:crypto';
import { fail, type RequestEvent, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { invalid, Refusal } from '../errors.ts';
import { isId } from '../ids.ts';
import type { Viewer } from '../viewer.ts';
import { parse } from './parse.ts';
import { addressOf, isOfForms, type Recalled } from './refused.ts';
import { isWritable } from './signs.ts';
import { addFiles, type KeptTry, keepTry, settle, type Values, type Waiting } from './tries.ts';
import { filesOf } from './unsent.ts';
import { isSecret, isWritten } from './written.ts';

export { parse } from './parse.ts';

/** What a form's act says when it is done: where to go, and one sentence about it, with a way back. */
export interface Done {
	to?: string;
	/** Key of the sentence shown once on the next page. */
	say?: string;
	args?: Record<string, string | number>;
	/** A form to undo it: where it posts and what it sends. */
	undo?: { action: string; fields: Record<string, string> };
	/** Key of the local draft that is now useless. */
	draftDone?: string;
}

/** Fields of a form; a name ending in `[]` is always a list. The one-time key goes to the viewer. Throws Invalid when it cannot be read or kept. */
export async function readFields(event: RequestEvent, viewer: Viewer): Promise<Values> {
	const sent = await event.request.formData().catch(() => {
		throw invalid({ field: '', key: 'app.form_unreadable' });
	});
	refuseSigns(sent);
	const values: Values = {};
	for (const name of new Set(sent.keys())) {
		if (name === '_key') continue;
		if (name.endsWith('[]')) values[name.slice(0, -2)] = sent.getAll(name);
		else values[name] = sent.getAll(name).at(-1)!;
	}
	const key = sent.get('_key');
	if (typeof key === 'string' && key) viewer.requestKey = keyOf(key, event.url, values);
	return values;
}

/**
 * What makes a form one: the key of its page, where it goes and what it says. Sent twice it is done once; sent again otherwise, from a
 * page that the browser kept, it is another one, and neither is lost.
 */
function keyOf(key: string, { pathname, searchParams }: URL, values: Values): string {
	// The address may hold filters too.
	const action = [...searchParams.keys()].find((name) => name.startsWith('/'));
	const said = Object.entries(values).filter(([name]) => !name.startsWith('_'));
	const text = JSON.stringify([key, pathname, action, said], (_, value) =>
		value instanceof File ? [value.name, value.size, value.type] : value,
	);
	return createHash('sha256').update(text).digest('base64url');
}

/** The fields, with the files that waited for this try: they are as if chosen again. */
async function receive(event: RequestEvent, viewer: Viewer, into: { values: Values }): Promise<void> {
	into.values = await readFields(event, viewer);
	const { _unsent: id, _kept: wanted, ...values } = into.values;
	into.values = values;
	if (typeof id !== 'string' || !isId(id)) return;
	(event.locals as Waiting).unsent = id;
	addFiles(values, await filesOf(viewer, id, [wanted ?? []].flat()));
}

function refuseSigns(sent: FormData): void {
	const isKept = (name: string, value: FormDataEntryValue) =>
		isWritable(name) && isWritable(typeof value === 'string' ? value : value.name);
	const [wrong] = [...sent].find(([name, value]) => !isKept(name, value)) ?? [];
	if (wrong !== undefined) throw invalid({ field: wrong, key: 'app.invalid_value' });
}

const isProblem = (error: unknown): error is Refusal => error instanceof Refusal && error.problems.length > 0;
const isText = (value: Values[string]) => [value].flat().every((one) => typeof one === 'string');
const kept = (values: Values) =>
	Object.fromEntries(Object.entries(values).filter(([name, value]) => isText(value) && !isSecret(name)));

/** Texts that somebody wrote, for the page that comes when the form's own does not: nothing typed is lost. */
const textsIn = (values: Values): string[] =>
	Object.entries(kept(values)).flatMap(([name, given]) =>
		[given].flat().filter((value) => typeof value === 'string' && isWritten(name, value)),
	) as string[];

/** What a form's page does besides: it draws `<KeptFiles>`, and the good files of a refused try wait there for the next. */
interface Habits {
	keepsFiles?: boolean;
}

/**
 * A form action: reads, checks, acts as the viewer, then goes on. What was typed comes back with the
 * problems when something is wrong, and nothing is lost.
 */
export function form<S extends v.GenericSchema>(
	schema: S,
	act: (viewer: Viewer, input: v.InferOutput<S>, event: RequestEvent) => Promise<Done | undefined>,
	{ keepsFiles = false }: Habits = {},
) {
	return recalling(async (event: RequestEvent) => {
		const { viewer } = event.locals as { viewer: Viewer };
		const got = { values: {} as Values };
		let done: Done | undefined;
		try {
			await receive(event, viewer, got);
			done = await act(viewer, parse(schema, got.values), event);
			await settle(event, viewer);
		} catch (error) {
			const kept =
				keepsFiles && isProblem(error) ? await keepTry(event, viewer, got.values, error.problems) : undefined;
			return await refused(error, got.values, event, kept);
		}
		if (done?.say) leaveNote(event, done);
		redirect(303, done?.to ?? event.url.pathname + backTo(event.url));
	});
}

/** What the page of a refused form is given. */
type Answered = { values: Record<string, unknown>; problems: Refusal['problems']; kept: KeptTry | undefined };

/** At the address of a refused form (`refused.ts`), its answer is given again and nothing is done. */
function recalling<Given>(act: (event: RequestEvent) => Promise<Given>) {
	return async (event: RequestEvent) => {
		const { refused: before } = event.locals as Recalled;
		return before ? fail(before.status, before.shows as unknown as Answered) : act(event);
	};
}

/** A refusal with problems is shown at the fields, with what was typed; one that lacks a second factor leads to it. */
async function refused(error: unknown, values: Values, event: RequestEvent, waiting?: KeptTry) {
	const { viewer } = event.locals as { viewer: Viewer };
	(event.locals as { typed?: string[] }).typed = textsIn(values);
	if (!(error instanceof Refusal)) throw error;
	const { status, problems } = error;
	if (problems.length) {
		const shows = { values: kept(values), problems, kept: waiting };
		const address = await addressOf(event, viewer, { status, shows });
		if (address) redirect(303, address);
		return fail(status, shows);
	}
	if (error.name === 'SecondFactor')
		redirect(303, `/compte/verification?next=${encodeURIComponent(event.url.pathname)}`);
	throw error;
}

/** A form action that only looks something up: the same page again, with what was typed and what was found. Writes nothing. */
export function look<Found>(find: (viewer: Viewer, values: Values, event: RequestEvent) => Promise<Found>) {
	return recalling(async (event: RequestEvent) => {
		const { viewer } = event.locals as { viewer: Viewer };
		const values = await readFields(event, viewer);
		try {
			return { values: kept(values), found: await find(viewer, values, event) };
		} catch (error) {
			return await refused(error, values, event);
		}
	});
}

const shownOnce = 'app.shown_once';
// The answer was asked again, by a reload most often: nothing was made anew, and the page says so.
const isShown = (error: unknown) => error instanceof Refusal && error.problems[0]?.key === shownOnce;

/** A form action whose result is shown once, on the same page (a secret just made): what `act` gives, or the problems. */
export function shown<S extends v.GenericSchema, Shown>(
	schema: S,
	act: (viewer: Viewer, input: v.InferOutput<S>, event: RequestEvent) => Promise<Shown>,
) {
	return recalling(async (event: RequestEvent) => {
		const { viewer } = event.locals as { viewer: Viewer };
		const got = { values: {} as Values };
		try {
			await receive(event, viewer, got);
			const result = await act(viewer, parse(schema, got.values), event);
			await settle(event, viewer);
			return result;
		} catch (error) {
			if (isShown(error)) {
				leaveNote(event, { say: shownOnce });
				redirect(303, event.url.pathname + backTo(event.url));
			}
			return await refused(error, got.values, event);
		}
	});
}

// The action's own name leaves the address; what the page was filtered by stays.
function backTo(url: URL): string {
	const rest = [...url.searchParams].filter(([name]) => !isOfForms(name));
	return rest.length ? `?${new URLSearchParams(rest)}` : '';
}

const noteCookie = 'note';

/** Leaves a sentence for the next page. */
export function leaveNote(event: RequestEvent, note: Done): void {
	const value = JSON.stringify({
		say: note.say,
		args: note.args,
		undo: note.undo,
		draftDone: note.draftDone,
	});
	event.cookies.set(noteCookie, value, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		maxAge: 30,
		secure: event.url.protocol === 'https:',
	});
}

const texts = v.record(v.string(), v.string());
// The cookie is the browser's word: anything may come in it.
const Note = v.object({
	say: v.optional(v.pipe(v.string(), v.maxLength(80), v.regex(/^[a-z_-]+\.\w+$/))),
	args: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))),
	undo: v.optional(v.object({ action: v.string(), fields: texts })),
	draftDone: v.optional(v.string()),
});

/** The sentence left for this page, once; nothing when what comes is not one of ours. */
export function takeNote(event: Pick<RequestEvent, 'cookies'>): Done | null {
	const text = event.cookies.get(noteCookie);
	if (!text) return null;
	event.cookies.delete(noteCookie, { path: '/' });
	try {
		const { success, output } = v.safeParse(Note, JSON.parse(text));
		return success ? (output as Done) : null;
	} catch {
		return null;
	}
}
