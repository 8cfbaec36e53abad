import type { Routes } from '#platform/access.ts';

export const routes: Routes = {
};
