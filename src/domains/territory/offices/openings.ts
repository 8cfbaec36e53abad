/** Who may be let into an app: everyone, the network, members, holders of an office, nobody. */
export const openings = ['anyone', 'network', 'members', 'office', 'nobody'] as const;
