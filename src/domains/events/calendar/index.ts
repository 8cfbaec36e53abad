export { calendarResponse, newsResponse } from './answer.ts';
export {
	endFeed,
	eventCalendar,
	makeFeed,
	mySubscriptions,
	NothingForm,
	personalCalendar,
	publicCalendar,
	publicNews,
	unitCalendar,
} from './feed.ts';
