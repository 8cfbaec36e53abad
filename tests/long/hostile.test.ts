import { standsUnder } from '#tests/hostile/attacked.ts';

standsUnder(Number(process.env.COOPOL_HOSTILE ?? 20_000), 240);
