import { survivesDatabaseKills } from './killed.ts';

survivesDatabaseKills(2);
