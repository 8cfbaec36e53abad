// An import in a process of its own, as `ROLE=worker` does it.
import { giveWay } from '#platform/give-way.ts';
import { importAsked } from './importing.ts';

giveWay();
process.on('disconnect', () => process.exit(0));
process.on('message', importAsked);
