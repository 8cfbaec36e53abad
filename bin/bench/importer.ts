// An import in a process of its own, as `ROLE=worker` does it: asked by messages, it says its progress and what came out.
import { importFile } from '#domains/imports/index.ts';
import { giveWay } from '#platform/give-way.ts';
import '#registry.ts';

giveWay();
process.on('disconnect', () => process.exit(0));
process.on('message', async ({ kind, path }: { kind: 'units' | 'members'; path: string }) => {
	const report = await importFile(null, { kind, path, onProgress: () => process.send?.({ said: true }) });
	process.send?.({ report });
});
