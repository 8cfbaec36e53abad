/** To whom an event is shown. Who is invited sees it whatever it says. */
export const visibilities = ['public', 'network', 'members', 'unit', 'invited', 'group'] as const;
/** To whom a unit may show an event; those of a group are shown to its people, or wider where the group is open. */
export const ofUnits = visibilities.filter((one) => one !== 'group');
export const ofGroups = ['group', 'network', 'public'] as const satisfies readonly Visibility[];
export type Visibility = (typeof visibilities)[number];
