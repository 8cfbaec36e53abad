import { type Sql, sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { held, type Line, never } from './line.fixture.ts';

const [odile, mathis, samuel, unit] = ['odile', 'mathis', 'samuel', 'villebrume'].map(idOf);
const term = idOf('samuel term');
const decision = (
	id: string,
	at: Date | Sql,
) => sql`insert into safety.decision (id, kind, subject_id, place_id, author_id, by_id, outcome, rule, note, words, at)
	values (${id}, 'post', ${id}, ${id}, ${odile}, ${samuel}, 'hide', 'attack', 'note', 'mots', ${at})`;

/** What moderators and officers do. */
export const offices: Line[] = [
	{
		table: 'safety.report',
		when: 'something was reported',
		kept: '365 days',
		made: held(
			'safety.report',
			'id, reporter_id, kind, subject_id, place_id, author_id, host_id, reason, at',
			(at, id) => sql`${id}, ${mathis}, 'post', ${id}, ${id}, ${odile}, ${odile}, 'spam', ${at}`,
		),
	},
	{
		table: 'safety.review',
		when: 'the ten minutes of a moderator were over',
		kept: '0 days',
		made: held(
			'safety.review',
			'kind, subject_id, by_id, until',
			(at, id) => sql`'post', ${id}, ${samuel}, ${at}`,
		),
		left: (id) => sql`safety.review where subject_id = ${id}::uuid`,
	},
	{
		table: 'safety.decision',
		when: 'words were judged',
		kept: '365 days',
		made: (at, id) => [decision(id, at)],
		left: (id) => sql`safety.decision where id = ${id}::uuid and words || note <> ''`,
	},
	{
		table: 'safety.appeal',
		when: 'an appeal was answered',
		kept: '365 days',
		made: (at, id) => [
			decision(id, never),
			sql`insert into safety.appeal (id, decision_id, person_id, text, due_at, at, decided_at) values (${id}, ${id}, ${odile}, 'x', ${at}, ${at}::timestamptz - interval '1 month', ${at})`,
		],
	},
	{
		table: 'safety.appeal',
		when: 'an appeal was made and nobody answered',
		kept: '365 days',
		made: (at, id) => [
			decision(id, never),
			sql`insert into safety.appeal (id, decision_id, person_id, text, due_at, at) values (${id}, ${id}, ${odile}, 'x', ${at}, ${at})`,
		],
	},
	{
		table: 'territory.invitation',
		when: 'an invitation came to its end',
		kept: '90 days',
		made: held(
			'territory.invitation',
			'id, inviter_id, unit_id, code, expires_at',
			(at, id) => sql`${id}, ${odile}, ${unit}, ${id}, ${at}`,
		),
	},
	{
		table: 'territory.invitation',
		when: 'an invitation was taken back',
		kept: '90 days',
		made: held(
			'territory.invitation',
			'id, inviter_id, unit_id, code, expires_at, revoked_at',
			(at, id) => sql`${id}, ${odile}, ${unit}, ${id}, ${never}, ${at}`,
		),
	},
	{
		table: 'territory.claim',
		when: 'an offer to lead was answered',
		kept: '3 years',
		made: (at, id) => [
			sql`insert into territory.claim (id, unit_id, office_id, person_id, made_at, decided_at) select ${id}, unit_id, office_id, ${odile}, ${at}, ${at} from territory.term where id = ${term}`,
		],
	},
	{
		table: 'territory.handover',
		when: 'an office was handed over',
		kept: '3 years',
		made: held(
			'territory.handover',
			'id, term_id, from_id, to_id, unit_id, confirmed_at',
			(at, id) => sql`${id}, ${term}, ${samuel}, ${odile}, ${unit}, ${at}`,
		),
	},
	{
		table: 'territory.handover',
		when: 'a handover was stopped',
		kept: '3 years',
		made: held(
			'territory.handover',
			'id, term_id, from_id, to_id, unit_id, cancelled_at',
			(at, id) => sql`${id}, ${term}, ${samuel}, ${odile}, ${unit}, ${at}`,
		),
	},
	{
		table: 'territory.loan',
		when: 'a loan came to its end',
		kept: '3 years',
		made: held(
			'territory.loan',
			'id, lender_id, borrower_id, unit_id, powers, ends_at',
			(at, id) => sql`${id}, ${samuel}, ${odile}, ${unit}, '{unit.edit}', ${at}`,
		),
	},
	{
		table: 'territory.loan',
		when: 'a loan was ended before',
		kept: '3 years',
		made: held(
			'territory.loan',
			'id, lender_id, borrower_id, unit_id, powers, ends_at, ended_at',
			(at, id) => sql`${id}, ${samuel}, ${odile}, ${unit}, '{unit.edit}', ${never}, ${at}`,
		),
	},
];
