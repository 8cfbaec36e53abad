import { afterAll, vi } from 'vitest';

// Files are read one after the other in the same process (nothing is loaded twice): each leaves it as it was.
const before = { ...process.env };
afterAll(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
	vi.unstubAllEnvs();
	for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
	Object.assign(process.env, before);
});
