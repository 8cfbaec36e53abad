import { staysText } from '#tests/hostile/grid.ts';

staysText([
	'visitor',
	'odile',
	'mathis',
	'samuel',
	'yamina',
	'leontine',
	'bertrand',
	'sabrina',
	'paulo',
	'fanny',
]);
