import { outlivesOutages } from './mail-outage.ts';

outlivesOutages(60);
