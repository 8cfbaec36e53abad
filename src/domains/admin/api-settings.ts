import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { fileFrom, fileText } from '#platform/files/sent.ts';
import { house } from '#platform/house.ts';
import type { Viewer } from '#platform/viewer.ts';
import { ClockForm, editClock } from './clock.ts';
import { entryNamed } from './entry-named.ts';
import {
	ColourForm,
	editColour,
	editLogo,
	editName,
	LogoForm,
	NameForm,
	RemoveLogoForm,
	removeLogo,
} from './identity.ts';
import { BaseForm, chooseBase, EntryForm, editEntry, ResetForm, resetEntry } from './lexicon.ts';
import { editOidc, OidcForm, oidcService, RemoveOidcForm, removeOidc } from './oidc.ts';
import { organisation, parts } from './organisation.ts';
import { editVoice, editWays, VoiceForm, WaysForm } from './voice.ts';

const keeps = { gate: 'office', rule: 'platform.setting.see' } as const;
const reads = { ...keeps, scope: 'organisation:read' } as const;
const writes = { ...keeps, scope: 'organisation:write', audit: true } as const;
const base = '/api/v1/organisation';

const versions = v.object({
	versions: v.object(Object.fromEntries(Object.keys(parts).map((part) => [part, v.string()]))),
});
/** Each part has a version, which a change sends back: two officers do not undo each other. */
const now = async (viewer: Viewer) => ({ versions: (await organisation(viewer)).versions });

/** A change of one part of the settings; gives the versions as they are then. */
const change = <E extends v.ObjectEntries>(
	summary: string,
	form: { entries: E },
	act: (
		viewer: Viewer,
		input: v.InferOutput<v.StrictObjectSchema<E, undefined>>,
		params: Record<string, string>,
	) => Promise<unknown>,
	more: { rate?: 'upload'; stepUp?: true } = {},
): Operation =>
	operation({
		...writes,
		...more,
		summary,
		input: v.strictObject(form.entries),
		output: versions,
		act: async (viewer, input, params) => {
			await act(viewer, input, params);
			return now(viewer);
		},
	});

/** How the organisation looks and is called. */
const identity: Record<string, Operation> = {
	[`PUT ${base}/name`]: change(
		'Rename the organisation, on every page and in every mail',
		NameForm,
		editName,
	),
	[`PUT ${base}/colour`]: change('Choose the colour from which the theme is made', ColourForm, editColour),
	[`PUT ${base}/logo`]: change(
		'Choose the logo: its bytes in base64',
		{ entries: { logo: fileText('admin.logo_missing'), version: LogoForm.entries.version } },
		(viewer, { logo, version }) => editLogo(viewer, { logo: fileFrom(logo), version }),
		{ rate: 'upload' },
	),
	[`POST ${base}/logo/removal`]: change('Go back to the drawn sign', RemoveLogoForm, removeLogo),
};

/** How it speaks, and how people come to it. */
const speech: Record<string, Operation> = {
	[`PUT ${base}/voice`]: change(
		'Choose how the house speaks: tu or vous, its way of writing for women and men, its first language',
		VoiceForm,
		editVoice,
	),
	[`PUT ${base}/words`]: change('Start from another ready lexicon', BaseForm, chooseBase),
	[`PUT ${base}/words/[entry]`]: change(
		'Write one noun of the lexicon in all its forms',
		EntryForm,
		(viewer, input, params) => editEntry(viewer, entryNamed(params), input),
	),
	[`POST ${base}/words/[entry]/reset`]: change(
		'Go back to the word of the ready lexicon',
		ResetForm,
		(viewer, input, params) => resetEntry(viewer, entryNamed(params), input),
	),
	[`PUT ${base}/ways`]: change(
		'Say who may make an account, how often newcomers are written to, and whether people without account get the mail of the week',
		{ entries: { ...WaysForm.entries, before_account: v.optional(v.boolean('app.invalid_value'), false) } },
		(viewer, { before_account, ...ways }) =>
			editWays(viewer, { ...ways, ...(before_account && { before_account: 'on' }) }),
	),
	[`PUT ${base}/clock`]: change('Choose by which clock days and hours are written', ClockForm, editClock),
};

const service = v.object({ issuer: v.string(), clientId: v.string(), label: v.string() });

/** The sign-in service of the organisation: a second factor given within ten minutes. */
const signIn: Record<string, Operation> = {
	[`GET ${base}/sign-in-service`]: operation({
		...reads,
		summary: 'The organisation’s own sign-in service, without its secret',
		input: v.object({}),
		output: v.object({ service: v.nullable(service), version: v.string() }),
		act: (viewer) => oidcService(viewer),
	}),
	[`PUT ${base}/sign-in-service`]: change(
		'Tie the organisation’s own sign-in service; an empty secret keeps the one there is',
		OidcForm,
		editOidc,
		{ stepUp: true },
	),
	[`POST ${base}/sign-in-service/removal`]: change('Untie the sign-in service', RemoveOidcForm, removeOidc, {
		stepUp: true,
	}),
};

/** The settings of the organisation: each form of their pages, for programs of who keeps them. */
export const settingsApi: Record<string, Operation> = {
	[`GET ${base}/settings`]: operation({
		...reads,
		summary: 'The settings that pages show to who keeps them, and the version of each part',
		input: v.object({}),
		output: v.object({
			...versions.entries,
			...{ name: v.string(), colour: v.string(), timeZone: v.string(), base: v.string() },
			...{ address: v.string(), inclusive: v.string(), language: v.string() },
			...{ signUp: v.string(), rhythm: v.string() },
			own: v.array(v.string()),
		}),
		act: async (viewer) => {
			const { value, versions: current } = await organisation(viewer);
			return { ...(await house()), versions: current, own: Object.keys(value.lexicon ?? {}) };
		},
	}),
	...identity,
	...speech,
	...signIn,
};
