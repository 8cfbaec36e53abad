import { command } from './command.ts';

/** Transfers that are kept: `map transfers` itself keeps nothing. */
export const kept = command({
	path: ['map', 'kept'],
	operands: [],
	options: { again: { type: 'boolean' } },
	summary: 'list transfers of votes that officers had estimated, and those that rest on files replaced since',
	notes:
		'--again estimates the latter anew, at once. `map transfers` keeps nothing: it reads what is loaded.',
	run: async (_, { again }) => {
		const { keptTransfers, renewTransfers } = await import('#domains/electoral-map/index.ts');
		return { ok: true, transfers: await (again ? renewTransfers() : keptTransfers()) };
	},
	say: ({ transfers: all }) =>
		all
			.map(({ unit, from, to, state, stale }) =>
				[`${unit} ${from} → ${to}: ${state}`, ...(stale ? ['files replaced since'] : [])].join(', '),
			)
			.join('\n'),
});
