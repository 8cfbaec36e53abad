/** A field that proves who somebody is: never given back, never kept. */
export const isSecret = (name: string) => /password|code|secret|token/.test(name);

/** What a page sends of itself, under names in which nobody writes; a test reads the views for those that are missing. */
export const namesOfPage: ReadonlySet<string> = new Set(
	`accept acte address an app as aspirate audience avec back base before_account bloc brought but came children
	choices claim cle colour_mode column days de department direction election email_audience field fix found from
	gender gender_n grants heir held hours id in_feed inclusive initiative into invitation key kind kinds language lapse leads
	line loan low_data mails meant message named never next office official on open ou outcome own parent person
	personal_ok phone_audience pictures poll_days pouvoir power powers presence public_ok purpose recovery region remove repeat request
	rhythm round rule scope scopes scrutin section seen sequence several shift shown shown_at signUp skip state
	station subject subjects subscription successor sure targets term text_size timeZone time_zone to turn type under unit
	unit_audience unite username vers version visibility vue what zone zones
	file group lasts lets_in link`.split(/\s+/),
);

// An id, the id of a unit among audiences, a box that is ticked, a field that was left empty.
const saysNothing = /^(?:on|(?:\w+:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/;

/** Whether somebody wrote this, be it one plain word: everything that is not plainly the page's own. */
export const isWritten = (name: string, value: string) =>
	!name.startsWith('_') && !namesOfPage.has(name.replace(/\[\]$/, '')) && !saysNothing.test(value);
