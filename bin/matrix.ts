// `npm run test:matrix`: every door, every thing behind it, every way to come; the figures are the last line. See tests/matrix/README.md.
import { readFlags } from './flags.ts';

const { values } = readFlags(
	`Usage: npm run test:matrix -- [--only=TEXT] [--no-mutants] [--kills] [--agree]
  --only=TEXT    routes that hold this text
  --no-mutants   rules as they are
  --kills        keep which cell noticed each mutant, to be tried first next time
  --agree        freeze the doors as they are declared, and stop
The last line is the figures, as JSON.`,
	{
		only: { type: 'string', default: '' },
		'no-mutants': { type: 'boolean', default: false },
		kills: { type: 'boolean', default: false },
		agree: { type: 'boolean', default: false },
		json: { type: 'boolean', default: false },
	},
);
process.env.COOPOL_MUTANTS = 'on';
const { runMatrix } = await import('./matrix/index.ts');
await runMatrix({ ...values, withMutants: !values['no-mutants'] });
process.exit();
