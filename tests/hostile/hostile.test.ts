import { standsUnder } from './attacked.ts';

// The same requests each time, so that a change is judged by what it changed; `npm run test:long` draws others.
process.env.COOPOL_SEED ??= '2010';
standsUnder(Number(process.env.COOPOL_HOSTILE ?? 1500), 20);
