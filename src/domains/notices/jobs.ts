import type { Tx } from '#platform/db.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { sendingJob } from '#platform/mail/jobs.ts';
import { ringBell, ringBells } from './bell.ts';
import { tellMany } from './fan.ts';
import { gatherMail, makeGathered } from './gather.ts';
import { mailNotice, mailNotices, makeOne, sending } from './mail-one.ts';
import { pushNotice, pushToDevice } from './push.ts';
import { startRounds } from './round.ts';

export { mailNotice } from './mail-one.ts';

type Gathered = Parameters<typeof makeGathered>[1];
type One = Parameters<typeof makeOne>[1];
/** A mail of this domain as it is true when it leaves: a grouped one, or that of one notice. */
export const make = (tx: Tx, from: Gathered | One) =>
	'day' in from ? makeGathered(tx, from) : makeOne(tx, from);

const house = { policy: 'house' } as const;

export const jobs: JobDefinition<never>[] = [
	{ ...house, name: 'notices.bell', batch: 20, work: ringBell } as JobDefinition<never>,
	{ ...house, name: 'notices.bells', work: ringBells } as JobDefinition<never>,
	{ ...house, name: 'notices.fan', work: tellMany } as JobDefinition<never>,
	{ ...house, name: 'notices.mail', batch: 20, work: mailNotice } as JobDefinition<never>,
	{ ...house, name: 'notices.mails', work: mailNotices } as JobDefinition<never>,
	{ ...house, name: 'notices.push', batch: 20, work: pushNotice } as JobDefinition<never>,
	{
		...house,
		name: 'notices.push_device',
		batch: 20,
		retries: 6,
		work: (one: Parameters<typeof pushToDevice>[0]) => pushToDevice(one),
	} as JobDefinition<never>,
	{ ...house, name: 'notices.round', every: '7 * * * *', work: () => startRounds() } as JobDefinition<never>,
	{ ...house, name: 'notices.gather', batch: 20, work: gatherMail } as JobDefinition<never>,
	sendingJob(sending, make),
];
