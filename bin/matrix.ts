// `npm run test:matrix`: every door, every thing behind it, every way to come; the figures are the last line. See tests/matrix/README.md.
process.env.COOPOL_MUTANTS = 'on';
const { runMatrix } = await import('./matrix/index.ts');
await runMatrix(process.argv.slice(2));
process.exit();
