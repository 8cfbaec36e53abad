import { gatherParty } from '#tests/party.ts';

/** Fills an empty database with the fictional organisation. */
export const seedDemo = (): Promise<void> => gatherParty();
