import type { Routes } from '#platform/access.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { sendingJob } from '#platform/mail/jobs.ts';
import { mailVisitor, makeVisitorMail } from './mails.ts';
import { sendingToVisitors } from './visitors.ts';

const page = '/m/[id=id]';
const visits = { gate: 'anyone', rule: 'missions.mission.visit' } as const;

/** A public mission, and the place of who comes with an address alone. */
export const publicRoutes: Routes = {
	[`GET ${page}`]: { gate: 'anyone', rule: 'missions.mission.see' },
	[`POST ${page}?visit`]: visits,
	// By the secret of a mail's link, also once the mission is not public any more.
	[`GET ${page}/ma-place`]: { gate: 'anyone' },
	[`POST ${page}/ma-place?confirm`]: visits,
	[`POST ${page}/ma-place?cancel`]: { gate: 'anyone' },
};

export const publicJobs = [
	{ name: 'missions.mail_visitor', policy: 'house', work: mailVisitor },
	sendingJob(sendingToVisitors, makeVisitorMail),
] as JobDefinition<never>[];
