import { survivesKills } from './killed.ts';

survivesKills(3);
