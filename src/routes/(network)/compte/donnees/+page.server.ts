import * as v from 'valibot';
import { consentsOf, keysOf, suppressionOf, withdrawConsent } from '#domains/people/index.ts';
import { conflict, invalidField, secondFactorFirst } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import { askErasure, askExport, cancelErasure, erasureOf, exportsOf } from '#platform/privacy/index.ts';
import type { Viewer } from '#platform/viewer.ts';
import { domains } from '#registry.ts';
import type { Actions, PageServerLoad } from './$types';
import { mustShowFactor } from './fresh.ts';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('privacy.title'),
	mine: {
		exports: await exportsOf(viewer),
		consents: await consentsOf(viewer),
		erasure: await erasureOf(viewer),
		holders: domains.filter(({ privacy }) => privacy).map(({ name }) => name),
		askFactor: await mustShowFactor(viewer),
	},
});

async function shown(viewer: Viewer): Promise<Viewer> {
	if (await mustShowFactor(viewer)) throw secondFactorFirst();
	return viewer;
}

const Erase = v.object({ sure: v.optional(v.string()), never: v.optional(v.string()) });

export const actions = {
	export: form(v.object({}), async (viewer) => {
		await askExport(await shown(viewer));
		return { say: 'privacy.export_asked' };
	}),
	withdraw: form(v.object({ purpose: v.string('app.invalid_value') }), async (viewer, { purpose }) => {
		if (!(await withdrawConsent(viewer, purpose))) throw conflict('privacy.not_given');
		return { say: 'privacy.withdrawn' };
	}),
	erase: form(Erase, async (viewer, { sure, never }) => {
		if (!sure) throw invalidField('sure', 'privacy.sure_needed');
		await askErasure(await shown(viewer), never ? suppressionOf((await keysOf(viewer)).email) : null);
		return { say: 'privacy.erasure_asked' };
	}),
	keep: form(v.object({}), async (viewer) => {
		await cancelErasure(viewer);
		return { say: 'privacy.kept_after_all' };
	}),
} satisfies Actions;
