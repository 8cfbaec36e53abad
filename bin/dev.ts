// `npm run dev`: the same database as `npm start`, pages remade as their source changes.
import { createServer } from 'vite';
import { bringUpToDate, chooseMode, dataFolder, openDatabase } from './database.ts';
import { root } from './sources.ts';

process.chdir(root);
process.env.COOPOL_MODE = chooseMode(false);
process.env.COOPOL_DATA = dataFolder();
const database = await openDatabase();
await bringUpToDate(database);
const server = await createServer({ root, server: { port: Number(process.env.PORT ?? 3000) } });
await server.listen();
server.printUrls();

for (const signal of ['SIGINT', 'SIGTERM']) {
	process.once(signal, async () => {
		await server.close();
		await database.stop();
		process.exit(0);
	});
}
