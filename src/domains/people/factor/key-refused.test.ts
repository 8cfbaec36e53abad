import { beforeEach, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { refused, scene, told } from '#tests/traces.ts';
import { stranger } from '../people.fixture.ts';
import { enterWithPasskey, siteOf } from './passkey.ts';
import { virtualKey } from './virtual-key.fixture.ts';

stage();

const at = 'http://coopol.test';
const json = ({ html }: { html: string }) => JSON.parse(html);
beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from people.passkey`));
const begin = async (who: Browser, where: string) => json(await who.send('POST', where)).challenge as string;

test('a key that answers another question than the one just asked is not kept, and the page says so', async () => {
	const odile = await browser('odile', { factor: false });
	const key = virtualKey(at);
	await begin(odile, '/compte/securite/cle');
	const why = await refused(['people.passkey'], async () => {
		const kept = await odile.send('PUT', '/compte/securite/cle', key.register('A'.repeat(43)));
		expect([kept.status, json(kept).message]).toEqual([422, 'Cette clé n’est pas reconnue ici.']);
	});
	expect(why).toBe('done');
});

test('a question serves once, for who asked it, and for five minutes', async () => {
	const [odile, ines] = [await browser('odile', { factor: false }), await browser('ines', { factor: false })];
	const [mine, other, late] = [virtualKey(at), virtualKey(at), virtualKey(at)];
	const question = await begin(odile, '/compte/securite/cle');
	expect((await ines.send('PUT', '/compte/securite/cle', other.register(question))).status).toBe(422);
	expect((await odile.send('PUT', '/compte/securite/cle', mine.register(question))).status).toBe(200);
	expect((await odile.send('PUT', '/compte/securite/cle', late.register(question))).status).toBe(422);
	const old = await begin(odile, '/compte/securite/cle');
	await scene(
		sql`update people.challenge set expires_at = now() - interval '1 second' where purpose = 'passkey'`,
	);
	expect((await odile.send('PUT', '/compte/securite/cle', late.register(old))).status).toBe(422);
});

test('the key of somebody who left, or that they took away, opens nothing and is refused in the same words', async () => {
	const odile = await browser('odile', { factor: false });
	const key = virtualKey(at);
	await odile.send('PUT', '/compte/securite/cle', key.register(await begin(odile, '/compte/securite/cle')));
	const enter = async () => {
		const who = await browser('visitor');
		return told(
			enterWithPasskey(
				visitor,
				key.answer(await begin(who, '/connexion/cle')),
				siteOf(new URL(at)),
				stranger(),
			),
		);
	};
	expect(await enter()).toBe('done');
	await scene(sql`update people.person set erased_at = now() where id = ${idOf('odile')}`);
	expect(await enter()).toBe('Invalid: passkey people.passkey_refused');
	await scene(
		sql`update people.person set erased_at = null where id = ${idOf('odile')}`,
		sql`delete from people.passkey`,
	);
	expect(await enter()).toBe('Invalid: passkey people.passkey_refused');
});
