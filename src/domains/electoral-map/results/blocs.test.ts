import { expect, test } from 'vitest';
import { defaultBlocs, familyIn, isNuance, placing, unplaced, votesByBloc } from './blocs.ts';

const voice = (nuance: string | null, name = 'Odile VALMORIN', votes = 10) => ({
	candidate: '1',
	name,
	nuance,
	votes,
});
const bloc = (nuance: string, year = 2024) => placing(year)(voice(nuance));

test('letters of lists and of pairs are those of candidates; LR is not a list called R', () => {
	expect([bloc('LUG'), bloc('LLR'), bloc('LR'), bloc('BC-DVG'), bloc('lrn')]).toEqual([
		'left',
		'right',
		'right',
		'left',
		'far_right',
	]);
	expect([isNuance('LDIV'), isNuance('MACHIN'), isNuance('CONSTRUCTOR')]).toEqual([true, false, false]);
});

test('the same letters may change sides with the year', () => {
	expect([bloc('UDI', 2017), bloc('UDI', 2024)]).toEqual(['right', 'centre']);
	expect(defaultBlocs(2017)).not.toEqual(defaultBlocs(2024));
});

test('the organisation places who it wants, by nuance or by name, and the rest stays', () => {
	const place = placing(2024, { REG: 'left', LDVC: 'right', 'Mathis GUÉ': 'centre' });
	expect(place(voice('REG'))).toBe('left');
	expect(place(voice('LDVC'))).toBe('right');
	expect(place(voice('DVC'))).toBe('centre');
	expect(place(voice(null, 'Mathis GUÉ'))).toBe('centre');
	expect(place(voice(null, 'constructor'))).toBeNull();
});

test('what nobody placed counts among the others, and is listed by votes', () => {
	const voices = [voice('UG'), voice(null, 'Samuel', 3), voice('XYZ', 'Yamina', 7)];
	const place = placing(2024);
	expect(votesByBloc(voices, place)).toEqual({ left: 10, centre: 0, right: 0, far_right: 0, other: 10 });
	const station = { key: '01001_0001', registered: 50, voters: 20, blank: 0, spoilt: 0, valid: 20, voices };
	expect(unplaced([station, station], place)).toEqual([
		{ label: 'XYZ', votes: 14 },
		{ label: 'Samuel', votes: 6 },
	]);
});

test('what is said of one election goes before what is said of all, whatever the family', () => {
	const said = [
		{ election: '', label: 'VEC', bloc: 'ours' as const },
		{ election: '', label: 'Mathis GUÉ', bloc: 'ours' as const },
		{ election: '2024_euro_t1', label: 'LVEC', bloc: 'centre' as const },
		{ election: '2020_muni_t1', label: 'LVEC', bloc: '' as const },
	];
	const at = (election: string, nuance: string | null, name = '') =>
		familyIn(election, said)(voice(nuance, name));
	expect(at('2022_legi_t1', 'VEC')).toBe('ours');
	expect([at('2021_regi_t1', 'LVEC'), at('2021_dpmt_t1', 'BC-VEC')]).toEqual(['ours', 'ours']);
	expect(at('2024_euro_t1', 'LVEC')).toBe('centre');
	expect(at('2020_muni_t1', 'LVEC')).toBe('left');
	expect(at('2022_legi_t1', null, 'Mathis GUÉ')).toBe('ours');
	expect([at('2017_legi_t1', 'UDI'), at('2024_legi_t1', 'UDI')]).toEqual(['right', 'centre']);
});
