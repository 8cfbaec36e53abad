// What a page costs the process that serves it, beside a bare "hello".
import { ask, quantile, rounded } from './load.ts';
import { type Running, runServer } from './scene.ts';

const runs = 2000;
/** Before them: a server that has just started compiles what it runs, and takes half as much again for a page. */
const warmRuns = 2000;
const together = 8;

/** A page asked eight at a time for its processor time, then alone for how long one waits; milliseconds. */
export async function measuredPage(server: Running, path: string, headers: Record<string, string> = {}) {
	const url = `${server.url}${path}`;
	await ask(url, warmRuns, together, headers);
	const from = await server.cpuSeconds();
	const { ms, bytes, bytesGz } = await ask(url, runs, together, headers);
	const cpu = (await server.cpuSeconds()) - from;
	const alone = await ask(url, 200, 1, headers);
	return {
		pageP50: rounded(quantile(alone.ms, 0.5)),
		pageP99: rounded(quantile(alone.ms, 0.99)),
		pagesPerCpuSecond: rounded(ms.length / cpu, 0),
		bytes,
		bytesGz,
	};
}

/** The least that Node answers, on this machine, now. */
export async function measuredHello() {
	const hello = await runServer('hello');
	await ask(hello.url, 500, together);
	const from = await hello.cpuSeconds();
	const { ms } = await ask(hello.url, 5000, together);
	const cpu = (await hello.cpuSeconds()) - from;
	await hello.stop();
	return { helloPerCpuSecond: rounded(ms.length / cpu, 0), helloP50: rounded(quantile(ms, 0.5)) };
}
