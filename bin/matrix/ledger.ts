import { createHash } from 'node:crypto';
import type { Outcome } from '#tests/matrix/door.ts';
import { foundIn } from '#tests/matrix/secrets.ts';
import type { Cell, Result } from './cross.ts';

/** What came of each cell when every rule was in force. */
export type Ledger = Map<string, { outcome: Outcome }>;

export const keyOf = ({ target, actor }: Cell) =>
	`${target.method} ${target.path} ${JSON.stringify(target.body ?? '')} ${actor.name}`;

const acts = /(?:action|formaction|href)="[^"]*"/g;

/** What a page lets its reader find and do: canaries, links and forms. */
export function printOf({ status, text }: Result): string {
	const found = [...foundIn(text), ...new Set(text.match(acts) ?? [])].toSorted();
	return `${status} ${createHash('sha256').update(found.join('\n')).digest('base64url').slice(0, 16)}`;
}
