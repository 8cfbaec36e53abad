// `npm run check`: sizes that Biome does not count. A file above 300 lines or a function above 40 fails.
import { measure } from './measure.ts';

const limits = { file: 300, fileWarning: 200, function: 40 };

const files = measure(['src', 'bin', 'tests']);
const tooLong = files
	.filter((file) => file.lines > limits.file)
	.map((file) => `${file.path}: ${file.lines} lines`);
const functions = files
	.filter((file) => !file.isTest)
	.flatMap((file) => file.functions.map((found) => ({ ...found, path: file.path })))
	.filter((found) => found.lines > limits.function)
	.map(({ path, line, name, lines }) => `${path}:${line}: ${name} has ${lines} lines`);
const near = files.filter((file) => file.lines > limits.fileWarning && file.lines <= limits.file);

for (const file of near) console.log(`warning: ${file.path} has ${file.lines} lines; split it by meaning`);
for (const problem of [...tooLong, ...functions]) console.error(`error: ${problem}`);
console.log(`${files.length} files, ${near.length} warnings, ${tooLong.length + functions.length} errors`);
process.exitCode = tooLong.length + functions.length > 0 ? 1 : 0;
