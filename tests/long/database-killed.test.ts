import { survivesDatabaseKills } from '#tests/hostile/killed.ts';

survivesDatabaseKills(Number(process.env.COOPOL_KILLS ?? 20));
