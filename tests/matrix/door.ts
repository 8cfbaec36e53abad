import { appCrowds, crowd, type Guise, noScope, visitors } from './who.ts';

/** What came of a knock. `in`: past the door and the rule; `refused`: past them too, and the form says what is wrong. */
export type Outcome = 'in' | 'refused' | 'door' | 'hidden' | 'forbidden' | 'crash';

/** What a door asks, as frozen in doors.json: gate, then `+` for a factor of the last ten minutes. */
export type Door = string;

const lesser = /-(without-factor|token)$/;
const isVisitor = (guise: Guise) => visitors.includes(guise) || noScope.includes(guise);
const mainOf = (guise: Guise) => guise.replace(/-(without-factor|token|stale)$/, '');

/** What the gate alone answers to somebody on a page. Written by hand from what the organisation promises. */
export function atDoor(door: Door, guise: Guise): 'in' | 'door' | 'hidden' {
	const gate = door.replace(/\+$/, '');
	const passed = atGate(gate, guise);
	if (passed !== 'in' || !door.endsWith('+')) return passed;
	return isVisitor(guise) || lesser.test(guise) || guise.endsWith('-stale') ? 'door' : 'in';
}

function atGate(gate: string, guise: Guise): 'in' | 'door' | 'hidden' {
	if (gate === 'anyone') return 'in';
	if (isVisitor(guise)) return 'door';
	if (gate === 'account') return 'in';
	if (guise === 'awa') return 'door';
	if (gate === 'network') return crowd.network.includes(guise) ? 'in' : 'hidden';
	if (gate === 'members') return crowd.members.includes(guise) ? 'in' : 'hidden';
	const let_in = gate === 'office' ? crowd.officers : (appCrowds[gate.slice(4)] ?? []);
	if (let_in.includes(guise)) return 'in';
	// An officer without second factor is led to give it: the place exists for them.
	return lesser.test(guise) && let_in.includes(mainOf(guise)) ? 'door' : 'hidden';
}

/** On the API nobody is led anywhere: a missing second factor is a refusal, a missing scope hides. */
export function atApi(door: Door, guise: Guise, isForTokens: boolean, hasToken: boolean): Outcome {
	if (guise === 'no-scope') return 'hidden';
	const passed = atGate(door.replace(/\+$/, ''), guise);
	if (passed === 'door') return lesser.test(guise) ? 'forbidden' : 'door';
	if (passed === 'hidden') return 'hidden';
	if (door.endsWith('+') && atDoor(door, guise) === 'door') return isVisitor(guise) ? 'door' : 'forbidden';
	// A browser's cookie reads; only a token writes, so that no other site can make it.
	return isForTokens && !hasToken && !isVisitor(guise) ? 'door' : 'in';
}
