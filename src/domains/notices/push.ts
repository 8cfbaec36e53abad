import type { Which } from './mail-one.ts';
export async function pushNotice(_which: Which): Promise<void> {}
