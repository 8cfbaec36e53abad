import { getContext, setContext } from 'svelte';
import type { Words } from '#platform/wording/index.ts';

const key = Symbol('words');

/** Gives the page its words; called once by the root layout. */
export const provideWords = (words: Words) => setContext(key, words);

/** The same for a component that is drawn alone, out of any page. */
export const wordsContext = (words: Words) => new Map([[key, words]]);

/** The words of this page: `const { say, date } = useWords();` */
export const useWords = (): Words => getContext<Words>(key);
