import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { as, stage } from '#tests/stage.ts';
import { officialBy } from '../missions.fixture.ts';

stage();

/** What a program reads in the microdata of a page: values by name, in their order. */
const propertiesOf = (html: string) =>
	[...html.matchAll(/<(?:meta|link) itemprop="(\w+)" (?:content|href)="([^"]*)"/g)].map(([, name, value]) => [
		name,
		value,
	]);

test('a public mission says to programs what, when and where it is; no other page of it does', async () => {
	const given = { audience: 'public', title: 'Tractage "au marché" <b>', needed: 6 } as const;
	const id = await officialBy(await as('samuel'), given);
	const visitor = await browser('visitor');
	const page = await visitor.get(`/m/${id}`);
	const properties = propertiesOf(page.html);
	expect(page.html.match(/itemtype="https:\/\/schema.org\/Event"/g)).toHaveLength(1);
	expect(properties).toContainEqual(['name', 'Tractage &quot;au marché&quot; &lt;b>']);
	expect(properties).toContainEqual(['eventStatus', 'https://schema.org/EventScheduled']);
	expect(properties).toContainEqual(['eventAttendanceMode', 'https://schema.org/OfflineEventAttendanceMode']);
	expect(properties).toContainEqual(['maximumAttendeeCapacity', '6']);
	expect(properties).toContainEqual(['address', 'Place des Tanneries']);
	expect(properties.find(([name]) => name === 'startDate')![1]).toMatch(
		/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/,
	);
	expect(properties.filter(([name]) => name === 'url').map(([, value]) => value)).toEqual([
		expect.stringContaining(`/m/${id}`),
		expect.stringContaining('/sections/'),
	]);
	expect(page.html).not.toMatch(/<script(?! (?:type="module" )?src)/);
	expect((await (await browser('odile')).get(`/missions/${id}`)).html).not.toContain('schema.org');

	await asSystem('test', (tx) =>
		tx.run(sql`update missions.mission set state = 'cancelled' where mission.id = ${id}::uuid`),
	);
	expect(propertiesOf((await visitor.get(`/m/${id}`)).html)).toContainEqual([
		'eventStatus',
		'https://schema.org/EventCancelled',
	]);
});
