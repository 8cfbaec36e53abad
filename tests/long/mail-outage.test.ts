import { outlivesOutages } from '#tests/hostile/mail-outage.ts';

outlivesOutages(10_000);
