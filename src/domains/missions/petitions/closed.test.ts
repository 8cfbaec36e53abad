import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, refused } from '#tests/traces.ts';
import { SignForm } from './input.ts';
import { launch, settle } from './launch.ts';
import { confirm, signAsMember, signAsVisitor } from './sign.ts';

stage();

let odile: Viewer;
let samuel: Viewer;
beforeAll(async () => {
	[odile, samuel] = [await as('odile'), await as('samuel')];
});
const why = (work: () => Promise<unknown>) => refused(['missions.petition', 'missions.signature'], work);

describe('a petition that is closed', () => {
	const text = { title: 'Un bus le dimanche', addressed_to: 'Aux transports', text: 'Il faut un bus.' };
	const signing = { name: 'Lou', postcode: '01000', email: 'lou@exemple.example', website: '' };

	test('is signed by nobody, with an account, without, or by a link mailed before', async () => {
		const id = await launch(samuel, { unit: idOf('villebrume'), ...text, official: 'on' });
		await signAsVisitor(visitor, id, signing, '10.1.1.1');
		await drainJobs();
		const [mail] = await asSystem('test', (tx) =>
			tx.many<{ message: string }>(
				sql`select message::text as message from platform.mail where kind = 'missions.signature'`,
			),
		);
		const secret = /petitions\/confirmer\/([\w-]+)/.exec(mail!.message)![1]!;
		await settle(samuel, id, { result: 'Le bus roule.' });
		const over = 'Forbidden: missions.petition_over';
		expect(await why(() => signAsMember(odile, id))).toBe(over);
		expect(
			await why(() => signAsVisitor(visitor, id, { ...signing, email: 'ana@x.example' }, '10.1.1.2')),
		).toBe(over);
		expect(await why(() => confirm(secret))).toBe(over);
	});

	test('and what a visitor signs with is said at each field', () => {
		expect(faults(SignForm, { name: '', postcode: '1000', email: 'lou' })).toEqual([
			'name missions.sign_name_needed',
			'postcode missions.sign_postcode_shape',
			'email missions.sign_email_shape',
		]);
		expect(faults(SignForm, { ...signing, postcode: '' })).toEqual([]);
	});
});
