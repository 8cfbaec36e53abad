import type { Domain } from '#platform/domain.ts';
import { mailJobs } from '#platform/mail/jobs.ts';
import { api } from './api.ts';
import { recoveryJobs } from './ask-recovery.ts';
import { codeJobs } from './code-mail.ts';
import { listeners } from './outlived.ts';
import { privacy } from './privacy.ts';
import { routes } from './routes.ts';
import { silenceJobs } from './silence.ts';

/** What the house knows of this domain; the outbox is declared here because nothing is below. */
export const people: Domain = {
	name: 'people',
	routes,
	api,
	jobs: [...mailJobs, ...codeJobs, ...recoveryJobs, ...silenceJobs],
	listeners,
	privacy,
};
