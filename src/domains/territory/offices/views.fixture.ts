import { drawn } from '#tests/draw.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { neverLent, powers } from '../blueprint.ts';
import Appoint from './Appoint.svelte';
import Apps from './Apps.svelte';
import { appoint } from './appoint.ts';
import { candidates } from './candidates.ts';
import { claim } from './claims.ts';
import { gateList } from './gates.ts';
import Handover from './Handover.svelte';
import { acceptHandover, proposeHandover } from './handover.ts';
import { handoverPage, ownTerms } from './handover-page.ts';
import Kind from './Kind.svelte';
import Kinds from './Kinds.svelte';
import Lend from './Lend.svelte';
import { lend, lendableAt } from './loans.ts';
import OfficeEdit from './OfficeEdit.svelte';
import Officers from './Officers.svelte';
import { officeAt } from './offices.fixture.ts';
import Propose from './Propose.svelte';
import { bureauOf, headOf, officesToFill } from './queries.ts';
import Responsibilities from './Responsibilities.svelte';
import Rights from './Rights.svelte';
import { claimsToDecide, ownHandovers, ownLoans, unitsWithoutOfficer } from './responsibilities.ts';
import { rights, why } from './rights.ts';
import { kindList, kindPage, officePage } from './structure.ts';
import TwentyMinutes from './TwentyMinutes.svelte';
import { twentyMinutes } from './twenty-minutes.ts';
import Unled from './Unled.svelte';

const key = 'key';
const villebrume = idOf('villebrume');
const hostile = '<img src=x>"\'</textarea>';
const refused = (...fields: string[]) => ({
	values: {
		who: hostile,
		note: hostile,
		found: [JSON.stringify({ id: idOf('odile'), name: hostile, unit: 'x' })],
	},
	problems: fields.map((field) => ({ field, key: 'territory.term_choose_person' })),
});

/** Every page of the offices, drawn from what `fillOffices` made. */
export const pages: Record<string, () => Promise<string>> = {
	unled_unit: async () =>
		drawn(Officers, {
			bureau: await bureauOf(await as('noemie'), idOf('castelmauve')),
			days: 14,
			viewerId: idOf('noemie'),
			key,
		}),
	led_unit: async () =>
		drawn(Officers, {
			bureau: await bureauOf(await as('yamina'), villebrume),
			days: 14,
			viewerId: idOf('yamina'),
			key,
			answer: { problems: [{ field: '', key: 'territory.term_over' }] },
		}),
	appoint: async () =>
		drawn(Appoint, {
			unit: await headOf(await as('yamina'), villebrume),
			offices: await officesToFill(await as('yamina'), villebrume),
			key,
			answer: refused('person', 'office'),
		}),
	appoint_found: async () =>
		drawn(Appoint, {
			unit: await headOf(await as('yamina'), villebrume),
			offices: await officesToFill(await as('yamina'), villebrume),
			key,
			answer: { values: { who: 'o' }, found: await candidates(await as('yamina'), villebrume, 'an') },
		}),
	propose: async () =>
		drawn(Propose, {
			unit: await headOf(await as('samuel'), villebrume),
			terms: await ownTerms(await as('samuel')),
			chosen: '',
			key,
			answer: refused('person'),
		}),
	handover: async () => drawn(Handover, { page: await handoverPage(await as('samuel'), handover), key }),
	responsibilities: async () =>
		drawn(Responsibilities, {
			terms: await ownTerms(await as('yamina')),
			passing: await ownHandovers(await as('samuel')),
			claims: await claimsToDecide(await as('yamina')),
			unled: 3,
			key,
		}),
	unled: async () => drawn(Unled, await unitsWithoutOfficer(await as('yamina'))),
	lend: async () =>
		drawn(Lend, {
			loans: await ownLoans(await as('samuel')),
			places: [{ id: villebrume, name: 'Section de Villebrume' }],
			place: { id: villebrume, name: 'Section de Villebrume' },
			powers: await lendableAt(await as('samuel'), villebrume),
			key,
			answer: refused('powers', 'until'),
		}),
	week: async () => drawn(TwentyMinutes, { ...(await twentyMinutes(await as('yamina'))), key }),
	week_done: async () => drawn(TwentyMinutes, { tasks: [], count: 0, key }),
	kinds: async () =>
		drawn(Kinds, { kinds: await kindList(await as('bertrand')), key, answer: refused('one_f', 'under') }),
	kind: async () =>
		drawn(Kind, {
			...(await kindPage(await as('bertrand'), (await kindList(await as('bertrand')))[0]!.id)),
			key,
			answer: refused('children'),
		}),
	office: async () =>
		drawn(OfficeEdit, {
			office: await officePage(await as('bertrand'), await officeAt('villebrume', 'secretary')),
			kindId: villebrume,
			kind: (await kindList(await as('bertrand')))[0]!.name,
			powers,
			never: neverLent,
			key,
			answer: refused('sure', 'powers'),
		}),
	rights: async () =>
		drawn(Rights, {
			...(await rights(await as('samuel'))),
			powers,
			asked: { who: hostile, power: 'unit.edit' },
			people: [],
			answer: { ...(await why(await as('samuel'), idOf('odile'), 'unit.edit')), power: 'unit.edit' },
		}),
	apps: async () => {
		const gates = await gateList(await as('bertrand'));
		return drawn(Apps, {
			gates,
			kinds: await kindList(await as('bertrand')),
			powers,
			chosen: gates[0],
			key,
			answer: { values: { open: 'office' }, found: 12 },
		});
	},
};

let handover: string;
/** Claims, terms, loans and a handover for the pages to show. */
export async function fillOffices(): Promise<void> {
	await claim(await as('noemie'), { unit: idOf('castelmauve'), reason: hostile });
	await appoint(await as('yamina'), {
		unit: villebrume,
		person: idOf('odile'),
		office: await officeAt('villebrume', 'treasurer'),
		until: new Date(Date.now() + 9e9),
	});
	await lend(await as('samuel'), {
		unit: villebrume,
		person: idOf('odile'),
		powers: ['unit.edit'],
		until: new Date(Date.now() + 1e9),
	});
	handover = await proposeHandover(await as('samuel'), {
		term: idOf('samuel term'),
		person: idOf('odile'),
		note: hostile,
	});
	await acceptHandover(await as('odile'), { handover });
}
