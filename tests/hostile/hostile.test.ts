import { standsUnder } from './attacked.ts';

standsUnder(Number(process.env.COOPOL_HOSTILE ?? 1500), 20);
