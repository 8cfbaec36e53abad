import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { crowd } from '../who.ts';
import { missionReaders } from './missions.ts';

const route = '/m/[id=id]';
const { everybody, nobody } = crowd;

/** What is open to anybody: a public mission, and a place kept by the link of a mail, public still or not. */
export function missionsOpen({ mission, missionKeys }: Things): Target[] {
	const visit = { email: 'dehors@dehors.example' };
	return (['public', 'official'] as const).flatMap((state) => {
		const [page, place] = [`/m/${mission[state]}`, `/m/${mission[state]}/ma-place`];
		const about = `mission ${state}`;
		const cle = missionKeys[state];
		const open = state === 'public' ? everybody : nobody;
		const visits = { in: open, forbidden: missionReaders[state] };
		return [
			at(`GET ${route}`, about, page, { in: open }),
			at(`POST ${route}?visit`, about, page, { ...visits, body: visit }),
			at(`GET ${route}/ma-place`, about, `${place}?cle=${cle}`, {
				in: everybody,
				finds: { [state === 'public' ? 'canary-mission-public' : 'canary-said']: everybody },
			}),
			at(`POST ${route}/ma-place?confirm`, about, place, { ...visits, body: { cle } }),
			at(`POST ${route}/ma-place?cancel`, about, place, { body: { cle } }),
			at(`POST ${route}/ma-place?cancel`, `${about}, no link`, place, { in: nobody, body: { cle: 'x' } }),
		];
	});
}
