import type { Access, Routes } from '#platform/access.ts';
import type { Domain } from '#platform/domain.ts';
import type { Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { api } from './api.ts';
import { changeApi } from './api-change.ts';
import { jobs } from './jobs.ts';
import { listeners } from './listen.ts';
import { privacy } from './privacy.ts';

const base = '/administration/webhooks';
const changes: Access = { gate: 'office', rule: 'webhooks.hook.see', audit: true };

const routes: Routes = {
	[`GET ${base}`]: { gate: 'office', rule: 'webhooks.keeper.see' },
	[`POST ${base}?create`]: { gate: 'office', rule: 'webhooks.keeper.see', audit: true, stepUp: true },
	[`POST ${base}?restore`]: { gate: 'office', rule: 'webhooks.hook.restore', audit: true },
	[`GET ${base}/[id=id]`]: { gate: 'office', rule: 'webhooks.hook.see' },
	[`POST ${base}/[id=id]?edit`]: changes,
	[`POST ${base}/[id=id]?renew`]: { ...changes, stepUp: true },
	[`POST ${base}/[id=id]?pause`]: changes,
	[`POST ${base}/[id=id]?resume`]: changes,
	[`POST ${base}/[id=id]?remove`]: changes,
	[`POST ${base}/[id=id]?test`]: changes,
	[`POST ${base}/[id=id]?replay`]: { ...changes, rule: 'webhooks.delivery.see' },
};

/** Whose office it still is. Read without second factor: the notice and its mail come before it is given. */
const isKeeper: Rule = (viewer) => sql`exists (select from territory.held_power
	join territory.unit as top on top.id = held_power.unit_id
	where held_power.person_id = ${viewer.id}::uuid and held_power.power = 'settings.edit' and top.parent_id is null)`;

/** What the house knows of this domain. */
export const webhooks: Domain = {
	name: 'webhooks',
	routes,
	api: { ...api, ...changeApi },
	jobs,
	listeners,
	privacy,
	sights: { webhook_stopped: isKeeper },
};
