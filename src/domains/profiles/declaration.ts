import { declareSubjects } from '#domains/safety/index.ts';
import type { Domain } from '#platform/domain.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { api } from './api.ts';
import { calls } from './calls.ts';
import { noteAllLooks } from './likeness.ts';
import { listeners } from './listen.ts';
import { seesPhoto, settlePhoto } from './photo.ts';
import { privacy } from './privacy.ts';
import { reportedProfile } from './reported.ts';

const edits = { gate: 'network', rule: 'profiles.field.edit' } as const;

declareSubjects({ profile: reportedProfile });

/** What the house knows of this domain. */
export const profiles: Domain = {
	name: 'profiles',
	routes: {
		'GET /personnes/[id=id]': { gate: 'network', rule: 'people.person.see', audit: true },
		'POST /personnes/[id=id]?open': { gate: 'network', rule: 'profiles.contact.openEmail', audit: true },
		'GET /mon-profil': edits,
		'POST /mon-profil?photo': { ...edits, rate: 'upload' },
		'POST /mon-profil?removePhoto': edits,
		'POST /mon-profil?about': edits,
		'POST /mon-profil?reach': edits,
		'GET /mon-profil/[kind]': edits,
		'POST /mon-profil/[kind]?save': edits,
		'GET /qui-me-voit': { gate: 'network' },
	},
	api,
	jobs: [
		{ name: 'profiles.photo', policy: 'house', work: settlePhoto, retries: 3 } as JobDefinition<never>,
		{
			name: 'profiles.looks',
			policy: 'house',
			work: noteAllLooks,
			every: '*/10 * * * *',
		} as JobDefinition<never>,
	],
	listeners,
	calls,
	holders: { 'profiles.photo': seesPhoto },
	privacy,
};
