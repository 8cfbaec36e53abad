export { calendarResponse } from './answer.ts';
export {
	endFeed,
	eventCalendar,
	makeFeed,
	mySubscriptions,
	NothingForm,
	personalCalendar,
	publicCalendar,
	unitCalendar,
} from './feed.ts';
