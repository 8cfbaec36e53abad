import { describe, expect, test } from 'vitest';
import { type Entrance, enter, type Gate, isFresh } from './access.ts';
import { type Standing, type Viewer, visitor } from './viewer.ts';

const who = (standing: Standing, more: Partial<Viewer> = {}): Viewer => ({
	...visitor,
	id: 'x',
	standing,
	...more,
});
const gates: Gate[] = ['anyone', 'account', 'network', 'members', 'office', 'app:map'];

describe('at the door', () => {
	test.each<[string, Viewer, Entrance[]]>([
		[
			'a visitor is asked to sign in, except where anybody may come',
			visitor,
			['in', 'sign-in', 'sign-in', 'sign-in', 'sign-in', 'sign-in'],
		],
		[
			'who has not confirmed is asked to, and keeps their account',
			who('pending'),
			['in', 'in', 'confirm', 'confirm', 'confirm', 'confirm'],
		],
		[
			'who is suspended keeps their account, and the rest does not exist',
			who('suspended'),
			['in', 'in', 'hidden', 'hidden', 'hidden', 'hidden'],
		],
		['who left too', who('former'), ['in', 'in', 'hidden', 'hidden', 'hidden', 'hidden']],
		[
			'a sympathiser is in the network, not among members',
			who('sympathiser'),
			['in', 'in', 'in', 'hidden', 'hidden', 'hidden'],
		],
		['a member without office', who('member'), ['in', 'in', 'in', 'in', 'hidden', 'hidden']],
		[
			'an officer without second factor is asked for it',
			who('member', { officer: true }),
			['in', 'in', 'in', 'in', 'second-factor', 'hidden'],
		],
		[
			'an officer with it',
			who('member', { officer: true, secondFactor: true }),
			['in', 'in', 'in', 'in', 'in', 'hidden'],
		],
		[
			'who the app’s gate lets in',
			who('member', { apps: ['map'] }),
			['in', 'in', 'in', 'in', 'hidden', 'in'],
		],
		[
			'whom an office lets into it',
			who('member', { apps: ['map'], officeApps: ['map'] }),
			['in', 'in', 'in', 'in', 'hidden', 'second-factor'],
		],
		[
			'who is let into another app',
			who('member', { apps: ['mapped', 'ma'] }),
			['in', 'in', 'in', 'in', 'hidden', 'hidden'],
		],
	])('%s', (_, viewer, answers) => {
		expect(gates.map((gate) => enter(viewer, gate))).toEqual(answers);
	});

	test('neither an office nor an app brings back who is suspended or gone', () => {
		const armed = { officer: true, secondFactor: true, apps: ['map'], officeApps: ['map'] };
		for (const standing of ['suspended', 'former'] as const)
			expect(gates.slice(2).map((gate) => enter(who(standing, armed), gate))).toEqual(
				Array(4).fill('hidden'),
			);
	});
});

test('a second factor is fresh for ten minutes, to the millisecond; never given, it is not', () => {
	const given = who('member', { factorAt: new Date(1_000_000) });
	expect([0, 599_999, 600_000].map((age) => isFresh(given, 1_000_000 + age))).toEqual([true, true, false]);
	expect(isFresh(who('member'), 0)).toBe(false);
});
