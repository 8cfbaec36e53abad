import { expect, test } from 'vitest';
import { visitor } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { outcome, stage } from '#tests/stage.ts';
import { choose, enter, goAndReturn, oidcService, reach, service } from './oidc.fixture.ts';
import { finishOidc, startOidc } from './oidc.ts';
import { stranger } from './people.fixture.ts';

stage();
oidcService();

test('a newcomer vouched for by the service gets an account, and the same one next time', async () => {
	const claims = { sub: 'u1', email: 'lison@service.example', email_verified: true, name: 'Lison Arvault' };
	const first = await (await goAndReturn(visitor, claims)).finish();
	const again = await (await goAndReturn(visitor, claims)).finish();
	expect(first).toMatchObject({ kind: 'entered', entered: { kind: 'in' }, next: '/fil' });
	expect((again as { entered: { personId: string } }).entered.personId).toBe(
		(first as { entered: { personId: string } }).entered.personId,
	);
});

test('an address that has an account is not taken over: it is linked from inside', async () => {
	const claims = { sub: 'u2', email: 'odile@rive.example', email_verified: true };
	expect(await (await goAndReturn(visitor, claims)).finish()).toMatchObject({
		kind: 'told',
		say: 'people.oidc_link_first',
	});
	const odile = await enter('odile');
	expect(await (await goAndReturn(odile, claims)).finish()).toMatchObject({ say: 'people.oidc_linked' });
	expect(await (await goAndReturn(visitor, claims)).finish()).toMatchObject({
		kind: 'entered',
		entered: { personId: idOf('odile') },
	});
	expect(await (await goAndReturn(await enter('ines'), claims)).finish()).toMatchObject({
		say: 'people.oidc_taken',
	});
});

test('an address that the service did not verify opens nothing', async () => {
	expect(
		await (await goAndReturn(visitor, { sub: 'u3', email: 'new@service.example' })).finish(),
	).toMatchObject({ say: 'people.oidc_link_first' });
});

test('a return that was spoiled, replayed, or begun by another browser is refused', async () => {
	const claims = { sub: 'u4', email: 'u4@service.example', email_verified: true };
	const refused = { say: 'people.oidc_refused' };
	expect(
		await (await goAndReturn(visitor, claims, (back) => back.searchParams.set('state', 'x'))).finish(),
	).toMatchObject(refused);
	expect(
		await (await goAndReturn(visitor, claims, (back) => back.searchParams.set('code', 'x'))).finish(),
	).toMatchObject(refused);
	expect(
		await (
			await goAndReturn(visitor, claims, (back) => back.searchParams.set('error', 'access_denied'))
		).finish(),
	).toMatchObject(refused);
	expect(
		await (await goAndReturn(visitor, claims, undefined, { nonce: 'another nonce' })).finish(),
	).toMatchObject(refused);
	expect(await (await goAndReturn(visitor, { ...claims, aud: 'another' })).finish()).toMatchObject(refused);
	expect(
		await (await goAndReturn(visitor, { ...claims, iss: 'http://evil.example' })).finish(),
	).toMatchObject(refused);
	const going = await goAndReturn(visitor, claims);
	expect(await going.finish(await enter('ines'))).toMatchObject({ say: 'people.oidc_over' });
	expect(await going.finish()).toMatchObject({ say: 'people.oidc_over' });
	expect(await finishOidc(visitor, 'stolen', going.back, stranger(), reach)).toMatchObject({
		say: 'people.oidc_over',
	});
});

test('the program does not call its own machine: discovery on loopback is refused outside tests', async () => {
	await choose('other', `${service.issuer}/`);
	expect(await outcome(startOidc(visitor, 'https://coopol.example', '/'))).toBe('Conflict');
});
