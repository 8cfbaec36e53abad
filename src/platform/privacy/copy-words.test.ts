import { beforeAll, describe, expect, test } from 'vitest';
import { categories } from '#domains/notices/kinds.ts';
import { houseRules, subjectKinds } from '#domains/safety/index.ts';
import { house, wordsOf } from '#platform/house.ts';
import { loadedCatalogues } from '#platform/wording/catalogues.ts';
import type { Words } from '#platform/wording/index.ts';
import { readSources } from '#platform/wording/scan.ts';
import { domains, holders, powers } from '#registry.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { everyColumn, type Given } from './columns.fixture.ts';
import { headingOf, isUntold, labelOf, meaningOf, partOf, saidBy } from './said.ts';

stage();

let all: Given[] = [];
let manners: Words[] = [];
beforeAll(async () => {
	all = await everyColumn(domains, idOf('odile'));
	const here = await house();
	manners = [wordsOf(here, 'fr'), wordsOf({ ...here, address: 'vous' }, 'fr'), wordsOf(here, 'en')];
});

const said = saidBy(domains);
const placeOf = ({ domain, theme, name }: Given) => `${domain} ${theme}.${name}`;
const isTold = (one: Given) => !isUntold(one.name) && said.get(placeOf(one)) !== null;

/** Names that lie within a value. */
const within = ['url', 'platform_mail_subject'];

describe('all that a copy of one’s data may hold', () => {
	test('is many columns of every domain that keeps something', () => {
		expect(all.length).toBeGreaterThan(250);
		expect(new Set(all.map(({ domain }) => domain)).size).toBe(
			domains.filter(({ privacy }) => privacy).length + 1,
		);
	});

	test('has a heading for each theme', () => {
		const silent = all.filter(({ domain, theme }) =>
			manners.some((words) => !headingOf(words, domain, theme)),
		);
		expect([...new Set(silent.map(({ domain, theme }) => partOf(domain, theme)))]).toEqual([]);
	});

	test('has a word for each column that tells a person something', () => {
		const silent = all.filter(
			(one) =>
				isTold(one) && manners.some((words) => !labelOf(words, partOf(one.domain, one.theme), one.name)),
		);
		expect(silent.map(placeOf)).toEqual([]);
	});

	test('has words for each value of the few that a column may hold', () => {
		const coded = all.filter((one) => isTold(one) && one.allowed.length);
		expect(coded.length).toBeGreaterThan(30);
		const raw = coded.flatMap((one) => {
			const prefix = said.get(placeOf(one));
			return one.allowed
				.filter((value) => !prefix || manners.some((words) => !meaningOf(words, prefix, value)))
				.map((value) => `${placeOf(one)}: ${value}`);
		});
		expect(raw).toEqual([]);
	});

	test('has words for each code that only the sources list: holders of files, categories, what is reported, judged, recorded', () => {
		const subjects = readSources().flatMap(({ text }) =>
			[...text.matchAll(/\bact: [^,\n]+,\s*subject: '(\w+)'/g)].map(([, subject]) => subject),
		);
		expect(new Set(subjects).size).toBeGreaterThan(15);
		const codes = [
			...subjects.map((subject) => ['platform audit.by_me.subject', subject]),
			...subjectKinds.flatMap((kind) => [
				['safety safety.report.kind', kind],
				['safety safety.decision.kind', kind],
			]),
			...houseRules.map((rule) => ['safety safety.report.reason', rule]),
			...powers.map((power) => ['territory loans.powers', power]),
			...Object.keys(holders).map((holder) => ['platform platform.file.holder', holder]),
			...categories.map((category) => ['notices notices.notice.category', category]),
		] as [string, string][];
		const raw = codes.filter(([place, code]) =>
			manners.some((words) => !meaningOf(words, said.get(place)!, code)),
		);
		expect(raw).toEqual([]);
	});

	test('leaves no word for a column or a theme that is gone', () => {
		const parts = all.map(({ domain, theme }) => partOf(domain, theme));
		const used = new Set([
			...parts.map((part) => `part_${part}`),
			...all
				.filter(isTold)
				.flatMap(({ domain, theme, name }) => [`key_${name}`, `key_${partOf(domain, theme)}_${name}`]),
			...within.map((name) => `key_${name}`),
		]);
		const written = Object.keys(loadedCatalogues().fr).filter((key) => /^privacy\.(?:part|key)_/.test(key));
		expect(written.filter((key) => !used.has(key.slice('privacy.'.length)))).toEqual([]);
	});

	test('is declared only where it is', () => {
		const places = new Set(all.map(placeOf));
		const stale = [...said.keys()].filter(
			(place) => ![...places].some((one) => place === one || place.startsWith(`${one}.`)),
		);
		expect(stale).toEqual([]);
	});
});
