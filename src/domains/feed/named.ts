import { persons } from '#domains/friends/index.ts';
import type { Tx } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { list, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import { written } from './unnamed.ts';

interface Known {
	id: string;
	name: string;
	folded: string;
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** What is inside code is not read. */
const code = /(```[\s\S]*?```|`[^`\n]*`)/;
const address = new RegExp(`(?<![\\p{L}\\p{N}])@(?:https?://[^\\s/]+)?/personnes/(${uuid})`, 'giu');
const word = "\\p{L}[\\p{L}\\p{M}'’.-]*";
const fullName = new RegExp(`(?<![\\p{L}\\p{N}_.@/])@(${word}(?: ${word}){1,4})`, 'gu');

/** The beginnings of what follows an `@`, the longest first: two words at least, without the sign that ends a sentence. */
const beginnings = (phrase: string): string[] => {
	const words = phrase.split(' ');
	return words
		.map((_, n) =>
			words
				.slice(0, n + 1)
				.join(' ')
				.replace(/[.'’-]+$/, ''),
		)
		.slice(1)
		.reverse();
};

const matches = (texts: string[], pattern: RegExp) =>
	texts.flatMap((text) => [...text.matchAll(pattern)].map(([, found]) => found!)).slice(0, 20);

/** People of these names or ids whom the viewer may see: what one may not see has no name here. */
const known = (tx: Tx, viewer: Viewer, folded: string[], ids: string[]) =>
	tx.many<Known>(sql`
		select person.id, person.name, person.folded_name as folded from people.person
		where (person.folded_name = any (${list(folded, 'text')}) or person.id = any (${list(ids, 'uuid')}))
			and ${persons.see(viewer)} limit 200`);

/** Mentions typed as they are kept: one that names nobody whom the author may see is plain words again. */
async function onlyKnown(tx: Tx, viewer: Viewer, text: string): Promise<string> {
	const ids = [...text.matchAll(written)].map(([, , id]) => id!.toLowerCase()).slice(0, 20);
	if (!ids.length) return text;
	const seen = new Set((await known(tx, viewer, [], ids)).map(({ id }) => id));
	return text.replace(written, (whole, name: string, id: string) =>
		seen.has(id.toLowerCase()) ? whole : `@${name}`,
	);
}

const mention = ({ id, name }: Known) => `@[${name.replace(/[[\]\n]/g, '')}](person:${id})`;

/**
 * Turns `@First Last`, or `@` and the address of a profile, into mentions of people whom the viewer may see. Of several with
 * one name, the one in `chosen` is meant. Throws Invalid when nothing says which.
 */
export async function named(
	tx: Tx,
	viewer: Viewer,
	typed: string,
	chosen: readonly string[] = [],
): Promise<string> {
	const text = await onlyKnown(tx, viewer, typed);
	const pieces = text.split(code);
	const plain = pieces.filter((_, at) => at % 2 === 0);
	const ids = matches(plain, address).map((id) => id.toLowerCase());
	const names = matches(plain, fullName).flatMap(beginnings).map(fold);
	if (!ids.length && !names.length) return text;
	const people = await known(tx, viewer, names, ids);
	const byId = new Map(people.map((person) => [person.id, person]));
	const byName = Map.groupBy(people, ({ folded }) => folded);
	const put = (piece: string) =>
		piece
			.replace(address, (whole, id: string) => {
				const person = byId.get(id.toLowerCase());
				return person ? mention(person) : whole;
			})
			.replace(fullName, (whole, phrase: string) => {
				const name = beginnings(phrase).find((one) => byName.has(fold(one)));
				return name ? mention(one(byName.get(fold(name))!, name, chosen)) + phrase.slice(name.length) : whole;
			});
	return pieces.map((piece, at) => (at % 2 === 0 ? put(piece) : piece)).join('');
}

function one(people: Known[], name: string, chosen: readonly string[]): Known {
	const meant = people.length > 1 ? people.filter(({ id }) => chosen.includes(id)) : people;
	if (meant.length !== 1) throw invalidField('text', 'feed.mention_ambiguous', { name });
	return meant[0]!;
}
