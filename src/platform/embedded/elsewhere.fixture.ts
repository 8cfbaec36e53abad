// Another process that starts the database on the folder it is given, for the tests beside.
import { startEmbedded } from './index.ts';

const { adopted } = await startEmbedded({ dataFolder: process.argv[2] as string, throwAway: true });
process.send?.({ adopted });
setInterval(() => {}, 1000);
