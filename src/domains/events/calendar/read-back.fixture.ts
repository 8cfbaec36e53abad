import ICAL from 'ical.js';

/** What an independent program reads in a file. */
export function readBack(text: string) {
	const calendar = new ICAL.Component(ICAL.parse(text));
	for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
	return calendar.getAllSubcomponents('vevent').map((component) => {
		const event = new ICAL.Event(component);
		return {
			id: event.uid,
			title: event.summary,
			text: event.description,
			place: event.location,
			sequence: event.sequence,
			status: component.getFirstPropertyValue('status'),
			zone: component.getFirstProperty('dtstart')?.getParameter('tzid'),
			said: event.startDate.toString(),
			start: event.startDate.toJSDate().toISOString(),
			end: event.endDate.toJSDate().toISOString(),
			changed: component.getFirstPropertyValue('last-modified')?.toString(),
			names: component.getAllProperties().map(({ name }) => name),
		};
	});
}
