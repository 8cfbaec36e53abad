import type { RequestEvent } from '@sveltejs/kit';

/** Whether a page spares its reader's data: they chose it, or their browser asks it of every site (`Save-Data`). */
export const sparesData = ({ cookies, request }: Pick<RequestEvent, 'cookies' | 'request'>): boolean =>
	cookies.get('data') === 'low' || request.headers.get('save-data') === 'on';
