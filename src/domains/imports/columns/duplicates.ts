import { hash } from 'node:crypto';
import { foldText } from './fold.ts';
import type { MemberLine } from './read-member.ts';

/** A line that seems to repeat an earlier one. `shared_email` is two people with one address: often a couple. */
export type Duplicate = { code: 'member_number' | 'email_and_name' | 'shared_email'; firstLine: number };

type Person = Pick<MemberLine, 'memberNumber' | 'familyName' | 'givenName' | 'email'>;

/** Watches the lines of a file go by and tells which ones repeat an earlier one. */
export function watchDuplicates() {
	const numbers = new Map<number, number>();
	const people = new Map<number, number>();
	const emails = new Map<number, number>();
	return {
		/** @param line its number in the file */
		see(line: number, { memberNumber, familyName, givenName, email }: Person): Duplicate | null {
			const name = foldText(`${familyName} ${givenName ?? ''}`)
				.split(' ')
				.sort()
				.join(' ');
			const found = [
				firstTime(numbers, memberNumber && foldText(memberNumber), line, 'member_number' as const),
				firstTime(people, email && `${email} ${name}`, line, 'email_and_name' as const),
				firstTime(emails, email, line, 'shared_email' as const),
			];
			return found.find((duplicate) => duplicate !== null) ?? null;
		},
	};
}

function firstTime(
	seen: Map<number, number>,
	key: string | null,
	line: number,
	code: Duplicate['code'],
): Duplicate | null {
	if (!key) return null;
	const print = fingerprint(key);
	const firstLine = seen.get(print);
	if (firstLine !== undefined) return { code, firstLine };
	seen.set(print, line);
	return null;
}

/** 52 bits instead of the text, which would keep the whole file in memory; a false match asks one useless question. */
function fingerprint(text: string): number {
	const bytes = hash('sha1', text, 'buffer');
	return bytes.readUIntBE(0, 6) * 16 + ((bytes[6] ?? 0) & 15);
}
