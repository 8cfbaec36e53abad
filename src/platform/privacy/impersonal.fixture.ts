import type { Impersonal } from './map.ts';

const structure = 'how the organisation is built, written by its officers for everybody';
const names = 'what kind of thing it is: a word of ours';
const things = 'the id of a thing, which says nothing without its own row';
const places = 'public figures of places';
const secrets = 'a secret or its print: it says nothing about the person';

/** Tables and columns that are nobody's data, each with why. A new table is here or in a domain's `privacy.ts`. */
export const impersonal: Impersonal = {
	'audit.anchor': { why: 'a head of the chain', columns: ['hash'] },
	'audit.entry': { why: names, columns: ['act', 'subject', 'previous', 'hash'] },
	'electoral_map.address': { why: places },
	'electoral_map.census_row': { why: places },
	'electoral_map.count': { why: places },
	'electoral_map.cover': { why: places },
	'electoral_map.coverage': { why: places },
	'electoral_map.election': { why: places },
	'electoral_map.estimate': { why: places },
	'electoral_map.estimated': { why: places },
	'electoral_map.iris': { why: places },
	'electoral_map.nuance': { why: places },
	'electoral_map.sending': {
		why: 'what a public file is, and what was found in it',
		columns: ['election', 'kind', 'reports', 'sources', 'stored_id', 'vintage'],
	},
	'electoral_map.slate': { why: places },
	'electoral_map.source': {
		why: 'what a public file is, and what was found in it',
		columns: ['columns', 'counts', 'election', 'file_name', 'report', 'vintage'],
	},
	'electoral_map.station': { why: places },
	'electoral_map.station_quality': { why: places },
	'electoral_map.voting_place': { why: places },
	'electoral_map.weight': { why: places },
	'electoral_map.weight_table': { why: places },
	'feed.comment': { why: things, columns: ['reply_to_id'] },
	'feed.draft': { why: names, columns: ['place'] },
	'feed.poll': { why: 'counts and an end; its answers are in feed.vote' },
	'feed.thanks': { why: things, columns: ['subject_id'] },
	'imports.import': {
		why: 'counts and how columns were read',
		columns: ['counts', 'mapping', 'problem', 'reading', 'stored_id'],
	},
	'imports.line': { why: names, columns: ['outcome'] },
	'imports.remembered': { why: 'names of columns of the organisation’s files' },
	'notices.notice': { why: names, columns: ['type', 'subject_id'] },
	'people.challenge': { why: secrets, columns: ['hash'] },
	'people.consent': { why: 'which words were agreed to', columns: ['text_version'] },
	'people.external_identity': { why: 'the sign-in service of the organisation', columns: ['issuer'] },
	'people.membership_type': { why: structure },
	'people.passkey': { why: secrets, columns: ['id', 'transports'] },
	'people.session': { why: secrets, columns: ['token_hash'] },
	'people.token': { why: secrets, columns: ['hash', 'scopes'] },
	'platform.file': { why: names, columns: ['holder', 'holder_id', 'kind'] },
	'platform.mail': { why: names, columns: ['kind'] },
	'platform.migration': { why: 'the shape of the database' },
	'platform.rendition': { why: 'sizes of a file; whose it is, is in platform.file' },
	'platform.setting': { why: structure, columns: ['key', 'value'] },
	'safety.decision': { why: names, columns: ['kind', 'rule', 'subject_id'] },
	'safety.hidden': { why: things, columns: ['kind', 'subject_id', 'place_id'] },
	'safety.report': { why: names, columns: ['reason', 'subject_id'] },
	'safety.review': { why: names, columns: ['kind', 'subject_id'] },
	'territory.coverage': { why: structure },
	'territory.gate': { why: structure, columns: ['app', 'rule'] },
	'territory.office': { why: structure },
	'territory.unit': {
		why: structure,
		columns: [
			'ancestors',
			'code',
			'contact_email',
			'folded_name',
			'members_text',
			'name',
			'public_text',
			'slug',
		],
	},
	'territory.unit_kind': { why: structure },
	'territory.unit_kind_child': { why: structure },
	'territory.zone': { why: 'what the State draws' },
	'territory.zone_postcode': { why: 'what the State draws' },
};
