import type { Privacy } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';
import { forgetSendings } from './loading/forget.ts';

/** The map holds public figures of places; all that it knows of a person is what they loaded or typed. */
export const privacy: Privacy = {
	tables: {
		'electoral_map.source': {
			person: 'by_id',
			columns: ['by_id'],
			kept: 'as long as the version can be put back',
			onErase: 'anonymise',
		},
		'electoral_map.sending': {
			person: 'by_id',
			columns: ['by_id', 'by_name', 'file_name'],
			kept: 'the bytes until the file is read; the rest as long as the version can be put back',
			onErase: 'anonymise',
		},
		'electoral_map.tally_entry': {
			person: 'by_id',
			columns: ['by_id', 'by_name'],
			kept: 'as long as the entry of that election',
			onErase: 'anonymise',
		},
	},
	gather: async (tx, personId) => ({
		loaded: await tx.many(
			sql`select id, kind, vintage, election, file_name, state, created_at from electoral_map.source where source.by_id = ${personId}::uuid`,
		),
		sent: await tx.many(
			sql`select id, by_name, file_name, kind, state, created_at from electoral_map.sending where sending.by_id = ${personId}::uuid`,
		),
		typed:
			await tx.many(sql`select tally_id, key, by_name, registered, voters, blank, spoilt, votes, entered_at
			from electoral_map.tally_entry where tally_entry.by_id = ${personId}::uuid`),
	}),
	said: {
		'loaded.kind': 'electoral-map.kind_',
		'loaded.state': 'electoral-map.state_',
		'loaded.election': null,
		'sent.kind': 'electoral-map.kind_',
		'sent.state': 'electoral-map.state_',
	},
	erase: async (tx, personId) => {
		await tx.run(sql`update electoral_map.source set by_id = null where source.by_id = ${personId}::uuid`);
		await tx.run(
			sql`update electoral_map.sending set by_id = null, by_name = '', file_name = '' where sending.by_id = ${personId}::uuid`,
		);
		await tx.run(
			sql`update electoral_map.tally_entry set by_id = null, by_name = '' where tally_entry.by_id = ${personId}::uuid`,
		);
	},
	retain: forgetSendings,
};
