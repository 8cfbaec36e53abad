import { readFileSync } from 'node:fs';
import { verifyAudit } from '#platform/audit.ts';
import { asSystem } from '#platform/db.ts';
import { command } from './command.ts';

/** Commands about the chain of officers' acts. */
export const audit = [
	command({
		path: ['audit', 'verify'],
		operands: [],
		options: { anchors: { type: 'string' } },
		summary: 'read the whole chain of officers’ acts again and say where it breaks',
		notes:
			'--anchors FILE: heads received by mail, one JSON object {"seq", "hash"} per line; only they show that the tail was cut.',
		run: async (_, { anchors }) => {
			const kept =
				typeof anchors === 'string' ? readFileSync(anchors, 'utf8').split('\n').filter(Boolean) : [];
			const given = kept.map((line) => JSON.parse(line) as { seq: number; hash: string });
			const verdict = await asSystem('command', (tx) => verifyAudit(tx, given));
			return { ok: !verdict.broken.length && !verdict.lostAnchors.length, ...verdict };
		},
		say: ({ ok, entries, broken, lostAnchors, head }) =>
			ok
				? `${entries} entries, none altered. Head: ${head.seq} ${head.hash}`
				: `ALTERED. Broken at: ${broken.join(', ') || 'nowhere'}. Lost anchors: ${lostAnchors.join(', ') || 'none'}.`,
	}),
];
