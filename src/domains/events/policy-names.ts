/** To whom an event is shown. Who is invited sees it whatever it says. */
export const visibilities = ['public', 'network', 'members', 'unit', 'invited'] as const;
export type Visibility = (typeof visibilities)[number];
