import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { command, Misuse } from './command.ts';

/** Whether no organisation was founded here yet. */
export const isEmpty = async () =>
	(await asSystem('command', (tx) =>
		tx.one<{ units: number }>(sql`select count(*)::int as units from territory.unit`),
	))!.units === 0;

/** Commands about the organisation itself. */
export const house = [
	command({
		path: ['migrate'],
		operands: [],
		summary: 'bring the database to the shape of this version',
		// The database was brought up to date before any command runs.
		run: async () => {
			const done = await asSystem('command', (tx) =>
				tx.many<{ name: string }>(sql`select name from platform.migration order by name`),
			);
			return { ok: true, migrations: done.length, last: done.at(-1)?.name ?? null };
		},
		say: ({ migrations, last }) => `${migrations} migrations are applied; the last is ${last}.`,
	}),
	command({
		path: ['demo'],
		operands: [],
		summary: 'load the fictional organisation into an empty database',
		run: async () => {
			const { mayDemonstrate } = await import('#platform/house.ts');
			if (!mayDemonstrate())
				throw new Misuse('DATABASE_URL is set: the demonstration is refused there unless COOPOL_DEMO=yes');
			if (!(await isEmpty())) return { ok: false, loaded: false };
			const { seedDemo } = await import('#bin/demo.ts');
			await seedDemo();
			return { ok: true, loaded: true };
		},
		say: ({ loaded }) =>
			loaded
				? '“La Rive commune” is loaded.'
				: 'This database already holds an organisation: nothing was changed.',
	}),
	command({
		path: ['new'],
		operands: [],
		summary: 'make this folder that of a real organisation, and print the page that founds it',
		run: async () => {
			if (!(await isEmpty())) return { ok: false, page: null };
			const [{ chooseMode }, { setupPath }] = await Promise.all([
				import('#bin/database.ts'),
				import('#bin/setup.ts'),
			]);
			chooseMode(true);
			return { ok: true, page: await setupPath(process.env.COOPOL_OWNER_URL!) };
		},
		say: ({ page }) =>
			page
				? `This folder waits for your organisation. Run \`npm start\`, then open ${page} at the address it prints: its key works until then, give it to nobody.`
				: 'This database already holds an organisation. Name another folder: COOPOL_DATA=./mine npm start -- --new',
	}),
	command({
		path: ['doctor'],
		operands: [],
		summary: 'check keys, mail, database roles, row-level security, queues',
		run: async () => {
			const { doctor } = await import('#domains/admin/index.ts');
			const checks = await doctor(process.env, { files: Number.POSITIVE_INFINITY });
			return { ok: checks.every(({ ok }) => ok), checks };
		},
		say: ({ checks }) =>
			checks
				.map(({ ok, name, advice }) => `${ok ? '✓' : '✗'} ${name}${ok || !advice ? '' : `: ${advice}`}`)
				.join('\n'),
	}),
	command({
		path: ['openapi'],
		operands: [],
		summary: 'print the description of the API (OpenAPI 3.1)',
		run: async () => {
			const [{ openApi }, { operations }] = await Promise.all([
				import('#platform/http/openapi.ts'),
				import('#registry.ts'),
			]);
			return openApi(operations, 'Coopol');
		},
		say: (document) => JSON.stringify(document, null, '\t'),
	}),
	command({
		path: ['retain'],
		operands: [],
		options: { 'dry-run': { type: 'boolean' } },
		summary: 'delete what outlived its time (a job does it each night)',
		run: async (_, options) => {
			const [{ retain }, { domains }] = await Promise.all([
				import('#platform/privacy/index.ts'),
				import('#registry.ts'),
			]);
			return {
				ok: true,
				dry: options['dry-run'] === true,
				rows: await retain(domains, new Date(), options['dry-run'] === true),
			};
		},
		say: ({ dry, rows }) =>
			`${dry ? 'Would delete' : 'Deleted'}: ${
				Object.entries(rows)
					.map(([table, count]) => `${table} ${count}`)
					.join(', ') || 'nothing'
			}.`,
	}),
];
