import type { Audience } from './policy.ts';

/** Whether whoever is passed the address of a post may open it, with an account at most. */
export const goesFar = (audience: Audience): boolean => audience === 'public' || audience === 'network';
