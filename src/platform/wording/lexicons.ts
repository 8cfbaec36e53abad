import type { Lexicon } from './house.ts';
import words from './lexicons.json' with { type: 'json' };

/** The lexicons an organisation can start from. Their words are written in `lexicons.json` and nowhere else. */
export const lexicons = words.lexicons as { coopol: Lexicon; union: Lexicon; association: Lexicon };

/**
 * Words of a lexicon that a catalogue may still write in their ordinary sense, by key prefix (`*`: everywhere).
 * Example: the people of a group.
 */
export const ordinaryWords: Record<string, string[]> = words.ordinary;
