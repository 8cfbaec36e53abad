import { expect } from 'vitest';
import { become, leave, type Person, type Way } from './person.ts';

const inParis = (at: Date, options: Intl.DateTimeFormatOptions) =>
	new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', ...options }).format(at);

/** A day and an hour that are soon, and not over before midnight: the door of an event opens twelve hours ahead. */
function soon() {
	const now = new Date();
	const isLate = Number(inParis(now, { hour: 'numeric' })) >= 22;
	const at = isLate ? new Date(now.getTime() + 86_400_000) : new Date(now.getTime() + 600_000);
	const day = inParis(at, { dateStyle: 'short' });
	return isLate
		? { day, starts: '08:00', ends: '09:00' }
		: { day, starts: inParis(at, { timeStyle: 'short' }), ends: '23:59' };
}

/** Samuel announces an event that is soon; gives its path. */
export async function announced(way: Way, title: string): Promise<[Person, string]> {
	const samuel = await become('samuel', way);
	const { page } = samuel;
	await samuel.open('/evenements/nouveau');
	await page.locator('[name="title"]').fill(title);
	const { day, starts, ends } = soon();
	for (const [name, value] of Object.entries({ day, starts, ends }))
		await page.locator(`[name="${name}"]`).fill(value);
	await samuel.touch(page.locator('form[action="?/create"] button').last());
	return [samuel, samuel.path.replace('/inviter', '')];
}

/** Somebody says that they come; gives the code they show at the door. */
export async function comes(who: string, path: string, way: Way): Promise<string> {
	const person = await become(who, way);
	await person.open(path);
	await person.touch(person.page.locator('form[action="?/answer"] [value="coming"]').first());
	await person.open(`${path}/mon-code`);
	expect(await person.page.locator('svg.qr').count()).toBe(1);
	const code = await person.page.locator('.signs').innerText();
	expect(await leave(person)).toEqual([]);
	return code;
}
