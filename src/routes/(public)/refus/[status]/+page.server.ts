import * as v from 'valibot';
import { forbidden, invalid, notFound, Refusal, tooMany } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the door finds wrong before any form is read. */
const problems = ['app.too_large', 'app.invalid_value'];

function refuse(status: string | undefined, asked: URLSearchParams): never {
	if (status === '403') throw forbidden();
	if (status === '429') throw tooMany(Math.max(1, Number.parseInt(asked.get('secondes') ?? '', 10) || 1));
	const key = asked.get('probleme') ?? '';
	if (status === '401') throw new Refusal('SignIn', [{ field: '', key: 'app.session_over' }]);
	if (status === '422' && problems.includes(key)) throw invalid({ field: '', key });
	throw notFound();
}

/** The page that the door shows for what it refuses; it has nothing of its own to show. */
export const load: PageServerLoad = ({ params, url }) => refuse(params.status, url.searchParams);

export const actions = {
	/** The same with the form that was refused, for what was typed in it. */
	default: form(v.looseObject({}), async (_viewer, _form, { params, url }) =>
		refuse(params.status, url.searchParams),
	),
} satisfies Actions;
