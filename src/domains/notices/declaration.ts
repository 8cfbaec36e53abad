import { belongsTo, holdsPower } from '#domains/territory/index.ts';
import type { Domain } from '#platform/domain.ts';
import { some } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { api } from './api.ts';
import { jobs } from './jobs.ts';
import { listeners } from './listen.ts';
import { bell } from './live.ts';
import { privacy } from './privacy.ts';

const unit = sql`notice.unit_id`;

/** Of a notice that waits for moderators: of its unit, or of the top when it has none. */
const moderates = holdsPower(
	'posts.moderate',
	sql`coalesce(notice.unit_id, (select top.id from territory.unit as top
		where top.parent_id is null and top.closed_at is null order by top.created_at limit 1))`,
);

/** What the house knows of this domain. */
export const notices: Domain = {
	name: 'notices',
	routes: {
		'GET /avis': { gate: 'account' },
		'POST /avis?readAll': { gate: 'account' },
		'GET /avis/[id=id]': { gate: 'account' },
		'GET /avis/reglages': { gate: 'network' },
		'POST /avis/reglages?choose': { gate: 'network' },
		'POST /avis/reglages?quiet': { gate: 'network' },
		'POST /avis/reglages?device': { gate: 'network' },
		'POST /avis/reglages?forgetDevice': { gate: 'network' },
		'GET /desabonnement/[token]': { gate: 'anyone' },
		'POST /desabonnement/[token]?default': { gate: 'anyone' },
	},
	api,
	jobs,
	listeners,
	live: { notices: bell },
	sights: {
		joined: some(belongsTo(unit), holdsPower('members.welcome', unit)),
		recovery_waits: holdsPower('members.contact', unit),
		claim_made: holdsPower('claims.decide', unit),
		report_waits: moderates,
		appeal_waits: moderates,
	},
	privacy,
};
