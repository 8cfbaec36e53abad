import { seal, unseal } from '#platform/seal.ts';

const use = (id: string) => `message ${id}`;

/** Words of one row, sealed for that row alone: moved to another, they do not open. */
export const sealFor = (id: string, words: string): string => seal(use(id), words);

/** The words of a row; null when they were removed. */
export const openOf = (id: string, sealed: string | null): string | null =>
	sealed === null ? null : unseal(use(id), sealed);
