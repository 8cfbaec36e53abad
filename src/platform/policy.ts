import type { Tx } from './db.ts';
import { forbidden, notFound } from './errors.ts';
import { rehearsal } from './rehearsal.ts';
import { all, any, type Sql, sql } from './sql.ts';
import { isActive, type Viewer } from './viewer.ts';

/** A yes/no question about one row, written in SQL. It names the row by its table; a null answers no. */
export type Rule = (viewer: Viewer) => Sql;

/** What one viewer may do to one row. */
export type May<P> = P extends Policy<infer Ability> ? Record<Ability, boolean> : never;

/** One rule, three uses: filter (`and ${posts.see(viewer)}`), annotate (`${posts.may(viewer)}`), guard (`posts.guard`). */
export type Policy<Ability extends string> = Record<Ability, Rule> & {
	/** Adds a column `may` with every ability's answer. */
	may(viewer: Viewer): Sql;
	/** Locks the row if the ability holds; throws NotFound when the viewer does not see it, else Forbidden. */
	guard(tx: Tx, viewer: Viewer, ability: Ability, id: string): Promise<void>;
	/** Says why not: throws NotFound when unseen, Forbidden when seen. */
	refuse(tx: Tx, viewer: Viewer, id: string): Promise<never>;
};

/** True when every rule is. */
export const every =
	(...rules: Rule[]): Rule =>
	(viewer) =>
		all(rules.map((rule) => rule(viewer)));
/** True when one rule is. */
export const some =
	(...rules: Rule[]): Rule =>
	(viewer) =>
		any(rules.map((rule) => rule(viewer)));

/** Signed in, address confirmed, not suspended. */
export const isPresent: Rule = (viewer) => (isActive(viewer) ? sql`true` : sql`false`);
/** The viewer is the person named by this column. */
export const isSelf =
	(column: Sql): Rule =>
	(viewer) =>
		viewer.id ? sql`${column} = ${viewer.id}::uuid` : sql`false`;
/** Everybody, visitors included. */
export const isAnyone: Rule = () => sql`true`;
/** A member in good standing, not a sympathiser. */
export const isMember: Rule = (viewer) => (viewer.standing === 'member' ? sql`true` : sql`false`);

function named(name: string, rule: Rule): Rule {
	const { abilities, knock } = rehearsal();
	abilities.add(name);
	return (viewer) => {
		const now = knock.getStore();
		now?.asked.add(name);
		return now?.mutant === name || now?.mutant === '*' ? sql`true` : sql`coalesce(${rule(viewer)}, false)`;
	};
}

/**
 * Declares who may see and do what to the rows of a table. `see` is the first question of all:
 * what a viewer may not see does not exist for them. Two policies about one table have each their name.
 */
export function policy<Ability extends string>(
	table: string,
	rules: Record<Ability | 'see', Rule>,
	name = table,
): Policy<Ability | 'see'> {
	type All = Ability | 'see';
	const declared = {} as Record<All, Rule>;
	for (const ability of Object.keys(rules) as All[])
		declared[ability] = named(`${name}.${ability}`, rules[ability]);
	const from = sql.raw(table);

	const refuse = async (tx: Tx, viewer: Viewer, id: string): Promise<never> => {
		const seen = await tx.one(
			sql`select 1 as seen from ${from} where id = ${id}::uuid and ${declared.see(viewer)}`,
		);
		throw seen ? forbidden() : notFound();
	};
	return Object.assign(declared, {
		refuse,
		may: (viewer: Viewer) => {
			const answers = (Object.keys(rules) as All[]).map(
				(name) => sql`${sql.lit(name)}, ${declared[name](viewer)}`,
			);
			return sql`jsonb_build_object(${sql.join(answers)}) as may`;
		},
		guard: async (tx: Tx, viewer: Viewer, ability: All, id: string) => {
			const may = await tx.one(sql`
				select 1 as may from ${from} where id = ${id}::uuid and ${declared[ability](viewer)} for update`);
			if (!may) await refuse(tx, viewer, id);
		},
	}) as Policy<All>;
}
