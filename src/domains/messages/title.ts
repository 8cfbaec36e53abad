import type { Words } from '#platform/wording/index.ts';
import type { Someone } from './queries.ts';

/** How a person is called where they may be gone. */
export const calledIn = ({ say }: Pick<Words, 'say'>, name: string | null | undefined): string =>
	name ?? say('messages.gone');

interface Named {
	people: Pick<Someone, 'name'>[];
}

/** What a conversation is called: the names of the others, or that nobody is there any more. */
export const titleOf = (words: Pick<Words, 'say' | 'list'>, { people }: Named): string =>
	people.length ? words.list(people.map(({ name }) => calledIn(words, name))) : words.say('messages.alone');
