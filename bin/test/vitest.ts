import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tool } from '../tool.ts';
import type { Outcome } from './checks.ts';
import { run } from './run.ts';

type Report = {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	testResults: { status: string; name: string; assertionResults: unknown[] }[];
};

/** Runs a kind of tests (see vitest.config.ts) and counts them. A test file that does not even load is a failure. */
export async function runTests(
	kind: 'units' | 'journeys' | 'hostile' | 'long',
): Promise<Omit<Outcome, 'name'>> {
	const folder = mkdtempSync(join(tmpdir(), 'coopol-report-'));
	const file = join(folder, 'report.json');
	const words = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
	const { code, output } = await run(tool('vitest'), words, { COOPOL_TESTS: kind });
	try {
		const counted = count(JSON.parse(readFileSync(file, 'utf8')));
		// Something outside any test went wrong: an unhandled error, a setup that fell.
		if (code !== 0 && counted.failed === 0) counted.failed = 1;
		return { ...counted, output, said: saidIn(output) };
	} catch {
		return { passed: 0, failed: 1, skipped: 0, output };
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** What a family tells of itself: its seed, how many, how long. */
const saidIn = (output: string) =>
	output.split('\n').filter((line) => /^(hostile|kill|mails|twice|skipped): /.test(line.trim()));

function count(report: Report) {
	const unloaded = report.testResults.filter(
		({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
	);
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + unloaded.length,
		skipped: report.numPendingTests + report.numTodoTests,
	};
}
