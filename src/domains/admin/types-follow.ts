import { followWord } from '#domains/people/index.ts';
import { usual } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { lexicons } from '#platform/wording/index.ts';
import type { Organisation } from './organisation.ts';

/** The noun that a house says: its own, else the ready lexicon's. */
const saidBy = ({ base = 'coopol', lexicon = {} }: Organisation, name: string) =>
	lexicon[name] ?? lexicons[base][name];

/** The kinds of membership that a house is founded with keep saying its words, unless an officer named them otherwise. */
export async function followTypes(tx: Tx, before: Organisation, after: Organisation): Promise<void> {
	for (const { key, name } of usual.memberships) {
		const now = saidBy(after, key);
		const said = [name, saidBy(before, key), ...Object.values(lexicons).map((ready) => ready[key])];
		if (now) await followWord(tx, key, { said: said.filter((one) => one !== undefined), now });
	}
}
