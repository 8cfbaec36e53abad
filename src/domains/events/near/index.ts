export { plot } from './drawn.ts';
export { nearby, rings } from './near.ts';
