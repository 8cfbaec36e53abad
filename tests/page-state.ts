/** Stands for `$app/state` where pages are drawn without SvelteKit: what `browse.ts` shows now. */
export const page: Record<string, unknown> = { data: {}, form: null, status: 200, error: null };
