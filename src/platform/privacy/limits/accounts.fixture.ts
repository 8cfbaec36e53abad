import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { held, type Line, never } from './line.fixture.ts';

const [odile, samuel] = ['odile', 'samuel'].map(idOf);

/** What an account and its mails leave. */
export const accounts: Line[] = [
	{
		table: 'people.challenge',
		when: 'a code was sent',
		kept: '7 days',
		made: held(
			'people.challenge',
			'id, purpose, hash, created_at, expires_at',
			(at, id) => sql`${id}, 'sign-in', ${id}, ${at}, ${at}`,
		),
	},
	{
		table: 'people.session',
		when: 'a session came to its end',
		kept: '90 days',
		made: held(
			'people.session',
			'id, person_id, token_hash, expires_at',
			(at, id) => sql`${id}, ${odile}, ${id}, ${at}`,
		),
	},
	{
		table: 'people.session',
		when: 'a session was closed',
		kept: '90 days',
		made: held(
			'people.session',
			'id, person_id, token_hash, expires_at, revoked_at',
			(at, id) => sql`${id}, ${odile}, ${id}, ${never}, ${at}`,
		),
	},
	{
		table: 'people.token',
		when: 'a key came to its end',
		kept: '90 days',
		made: held(
			'people.token',
			'id, person_id, name, hash, scopes, expires_at',
			(at, id) => sql`${id}, ${odile}, 'x', ${id}, '{}', ${at}`,
		),
	},
	{
		table: 'people.token',
		when: 'a key was taken back',
		kept: '90 days',
		made: held(
			'people.token',
			'id, person_id, name, hash, scopes, expires_at, revoked_at',
			(at, id) => sql`${id}, ${odile}, 'x', ${id}, '{}', ${never}, ${at}`,
		),
	},
	{
		table: 'people.recovery',
		when: 'a lost account was asked back',
		kept: '1 year',
		made: held(
			'people.recovery',
			'id, person_id, email, requested_at, expires_at, closed_at',
			(at, id) => sql`${id}, ${odile}, 'x', ${at}, ${at}, ${at}`,
		),
	},
	{
		table: 'people.recovery_voucher',
		when: 'an officer vouched for it',
		kept: '1 year',
		made: (at, id) => [
			sql`insert into people.recovery (id, person_id, email, requested_at, expires_at, closed_at) values (${id}, ${odile}, 'x', ${at}, ${at}, ${at})`,
			sql`insert into people.recovery_voucher (recovery_id, officer_id) values (${id}, ${samuel})`,
		],
		left: (id) => sql`people.recovery_voucher where recovery_id = ${id}::uuid`,
	},
	{
		table: 'platform.receipt',
		when: 'a form was sent',
		kept: '7 days',
		made: held('platform.receipt', 'key, created_at', (at, id) => sql`${id}, ${at}`),
		left: (id) => sql`platform.receipt where key = ${id}`,
	},
	{
		table: 'platform.bucket',
		when: 'somebody was counted',
		kept: '2 days',
		made: held('platform.bucket', 'key, level, at', (at, id) => sql`${id}, 1, ${at}`),
		left: (id) => sql`platform.bucket where key = ${id}`,
	},
	{
		table: 'platform.mail',
		when: 'a mail was written',
		kept: '90 days',
		made: held(
			'platform.mail',
			'id, recipient, kind, message, created_at',
			(at, id) => sql`${id}, 'x', 'x', '{}', ${at}`,
		),
	},
	{
		table: 'platform.erasure',
		when: 'an account was erased',
		kept: '365 days',
		made: held('platform.erasure', 'person_id, due_at, done_at', (at, id) => sql`${id}, ${at}, ${at}`),
		left: (id) => sql`platform.erasure where person_id = ${id}::uuid`,
	},
	{
		table: 'platform.export',
		when: 'an export stopped opening',
		kept: '0 days',
		made: held(
			'platform.export',
			'id, person_id, ready_at, expires_at',
			(at, id) => sql`${id}, ${odile}, ${at}, ${at}`,
		),
	},
	{
		table: 'platform.export',
		when: 'an export was asked that never came',
		kept: '1 day',
		made: held('platform.export', 'id, person_id, asked_at', (at, id) => sql`${id}, ${odile}, ${at}`),
	},
	{
		table: 'platform.unsent',
		when: 'a form was put aside',
		kept: '1 day',
		made: held(
			'platform.unsent',
			'id, person_id, sealed, kept_at',
			(at, id) => sql`${id}, ${odile}, 'x', ${at}`,
		),
	},
];
