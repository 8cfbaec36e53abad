import type { HouseSettings } from '#platform/house.ts';
import { qrPicture } from '#platform/qr/picture.ts';
import type { Words } from '#platform/wording/index.ts';
import { doorAddress, doorCode } from './code.ts';

/** The code of a person or a visitor at the door of an event, as nine signs and drawn. The caller knows that they come. */
export function doorPicture({ origin }: HouseSettings, words: Words, eventId: string, whoId: string) {
	const code = doorCode(eventId, whoId);
	return {
		code,
		picture: qrPicture(doorAddress(origin, eventId, code), words.say('events.door_code_picture'), 280),
	};
}
