import { survivesKills } from '#tests/hostile/killed.ts';

survivesKills(Number(process.env.COOPOL_KILLS ?? 50));
