import { staysText } from './grid.ts';

// Nine people with the long families (`tests/long/grid.test.ts`).
staysText(['samuel']);
