import * as v from 'valibot';
import { invalid, notFound, type Problem } from '../errors.ts';
import { isId } from '../ids.ts';

const isKey = (message: string) => /^[a-z][a-z_-]*\.[a-z0-9_.]+$/.test(message);

/** Problems of a schema as problems of fields; a schema's messages are keys of the catalogues. */
const problemsOf = (issues: readonly v.BaseIssue<unknown>[]): Problem[] =>
	issues.map((issue) => ({
		field: v.getDotPath(issue) ?? '',
		key: isKey(issue.message) ? issue.message : 'app.invalid_value',
	}));

/** Checks an input against its schema, or throws Invalid with a problem per field. */
export function parse<S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
	// One problem per field: an empty address is missing, and not of the wrong shape besides.
	const result = v.safeParse(schema, input, { abortPipeEarly: true });
	if (!result.success) throw invalid(problemsOf(result.issues.map((issue) => asked(schema, issue))));
	return result.output;
}

/** The person whom an address of the API names after a thing; another shape is an address that does not exist. */
export function onePerson({ person }: Record<string, string>): { person: string } {
	if (!isId(person)) throw notFound();
	return { person: person! };
}

/** A field that was not sent at all (no radio chosen) is asked for by its own sentence, not by the form's. */
function asked(schema: v.GenericSchema, issue: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
	if (issue.type !== 'object' || issue.path?.length !== 1) return issue;
	const { entries = {} } = schema as { entries?: Record<string, { message?: unknown }> };
	const own = entries[String(issue.path[0].key)]?.message;
	return typeof own === 'string' ? { ...issue, message: own } : issue;
}
