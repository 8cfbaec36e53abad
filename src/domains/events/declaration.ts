import type { Domain } from '#platform/domain.ts';
import { calendarRoutes } from './calendar/declaration.ts';
import { doorRoutes } from './door/declaration.ts';

/** What the house knows of this domain. */
export const events: Domain = { name: 'events', routes: { ...calendarRoutes, ...doorRoutes } };
