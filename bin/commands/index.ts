import { audit } from './audit.ts';
import type { Command } from './command.ts';
import { files } from './files.ts';
import { house } from './house.ts';
import { mail } from './mail.ts';
import { map } from './map.ts';
import { persons } from './persons.ts';
import { seals } from './seal.ts';

export type { Command } from './command.ts';
export { Misuse, takes } from './command.ts';

/** Every command, in the order of the help. */
export const commands: Command[] = [...house, ...files, ...seals, ...mail, ...map, ...persons, ...audit];
