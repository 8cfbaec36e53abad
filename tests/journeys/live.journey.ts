import { expect, test } from 'vitest';
import { become, desktop, leave, phone, story } from './person.ts';

story();

test('what somebody publishes is said to who reads the feed, without a reload', async () => {
	const reader = await become('samuel', { ...phone, script: true });
	const writer = await become('odile', { ...desktop, script: true });
	expect(await reader.page.locator('[data-live-posts]').isVisible()).toBe(false);
	await writer.open('/fil/publier');
	await writer.fill('Ton message', 'La salle est réservée pour jeudi.');
	await writer.press(/^Publier/);
	// Other stories publish in this section meanwhile: the line may come for one of theirs first.
	const news = reader.page.locator('[data-live-posts]');
	await reader.until(async () => {
		await news.waitFor({ state: 'visible', timeout: 30_000 });
		expect(await news.innerText()).toMatch(/^(Un nouveau message|\d+ nouveaux messages), voir$/);
		await reader.touch(news);
		return (await reader.text()).includes('La salle est réservée pour jeudi.');
	}, 60);
	expect(await leave(reader, writer)).toEqual([]);
});
