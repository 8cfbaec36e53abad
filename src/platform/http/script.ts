import type { RequestEvent } from '@sveltejs/kit';
import { Refusal } from '../errors.ts';
import { parseJson } from '../text/limits.ts';
import type { Key, Words } from '../wording/index.ts';

/** What the page's script sent, at most a few kilobytes. Throws Invalid's sentence through `answerJson` when it is no object in JSON. */
export async function readJson<T>(event: RequestEvent, refused: Key = 'app.invalid_value'): Promise<T> {
	const sent = await event.request
		.text()
		.then(parseJson)
		.catch(() => null);
	if (typeof sent !== 'object' || sent === null) throw new Refusal('Invalid', [{ field: '', key: refused }]);
	return sent as T;
}

/** Answers the page's script in JSON; a refusal is a sentence, or the page to see first. */
export async function answerJson(
	event: RequestEvent,
	act: () => Promise<unknown>,
	refused: Key = 'app.invalid_value',
): Promise<Response> {
	try {
		return Response.json(await act());
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const { say } = (event.locals as { words: Words }).words;
		const [problem] = error.problems;
		const message = say((problem?.key ?? refused) as Key, problem?.args as never);
		const to =
			error.name === 'SecondFactor'
				? { to: `/compte/verification?next=${encodeURIComponent('/compte/securite')}` }
				: {};
		return Response.json({ message, ...to }, { status: error.status });
	}
}
