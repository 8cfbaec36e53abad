import type { SubjectReader } from '#domains/safety/index.ts';
import { exhibitFor, wordsRead } from './exhibit.ts';

/** How a message is read to who reports it; who judges it reads what was shown of it, and a decision keeps no word: they stay sealed. */
export const reportedMessage: SubjectReader = {
	isShown: true,
	told: async (viewer, id) => {
		const { conversation: placeId, author } = await wordsRead(viewer, id);
		return { author, text: '', unitId: null, placeId, href: `/messages/${placeId}` };
	},
	judged: async (viewer, id) => {
		const shown = await exhibitFor(viewer, id);
		const lines = shown?.map(
			({ author, text, reported }) => `${reported ? '→ ' : ''}${author ?? '…'} : ${text}`,
		);
		return lines ? { words: lines.join('\n'), href: '', kept: '' } : null;
	},
};
