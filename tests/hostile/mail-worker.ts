// Does the jobs that wait, until it is killed.
import { openQueues, startWorkers } from '#platform/jobs.ts';
import '#registry.ts';

await openQueues();
await startWorkers();
