import { publicWords } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';

/** Who no longer agrees to be read by everybody: their own words stay in the network, and their pages outside are not there. */
const onWithdrawn = ({ personId, purpose }: { personId: string; purpose: string }): Promise<unknown> =>
	asSystem('feed', async (tx) => {
		if (purpose === publicWords)
			await tx.run(sql`update feed.post set audience = 'network'
				where post.author_id = ${personId}::uuid and post.audience = 'public' and post.as_unit_id is null`);
	});

export const agreeing: Listener<never>[] = [
	{ to: 'people.consent_withdrawn', name: 'feed.on_consent_withdrawn', hear: onWithdrawn } as Listener<never>,
];
