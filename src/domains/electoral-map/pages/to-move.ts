import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type FewMessages, fewMessages, type Words } from '#platform/wording/index.ts';
import type { Asked } from '../measures/criteria.ts';
import type { Column } from '../measures/ranks.ts';
import { alone } from '../store/alone.ts';
import type { Question } from './asked.ts';
import { groundFor, withMarks } from './explore.ts';
import { figureOf } from './figures.ts';
import type { Figures } from './moved.ts';
import { loadScope } from './scope.ts';
import type { Told } from './station-said.ts';
import type { Commune } from './where.ts';

/** What the script of the map's page is given: figures, what is asked of all stations, and the words to say them. */
export interface ToMove extends Figures {
	told: Told;
	words: FewMessages;
}

/** The figures behind a question, hidden ones left out. NotFound where there is nothing to move. */
export const figuresToMove = (viewer: Viewer, words: Words, question: Question): Promise<ToMove> =>
	read(viewer, async (tx) => {
		const { communes, sent } = await groundFor(tx, viewer, question.at);
		const { loaded, themes } = await alone((own) => loadAll(own, communes, question))(tx);
		const { rounds, criteria, election, by, choices } = loaded;
		const { circles, stations } = withMarks(question, loaded, sent);
		return {
			stations,
			rounds: [rounds.now, ...rounds.before].map(({ columns }) => ({
				registered: written(columns.registered),
				voters: written(columns.voters),
				valid: written(columns.valid),
				ours: written(columns.ours),
			})),
			themes,
			choices,
			told: { by, criteria, goal: question.goal, election: election.id, circles, communes: loaded.communes },
			words: fewMessages(words, isSaid),
		};
	});

async function loadAll(tx: Tx, communes: Commune[], question: Question) {
	const loaded = communes.length > 0 ? await loadScope(tx, communes, question) : 'no_results';
	if (typeof loaded === 'string' || 'asked' in loaded) throw notFound();
	const keys = loaded.stations.map(({ key }) => key);
	const themes: Figures['themes'] = {};
	for (const asked of loaded.choices as Asked[]) {
		const figure = await figureOf(tx, asked, { ...loaded, keys, stations: loaded.members });
		if (figure?.theme) themes[asked] = partsOf(figure.column);
	}
	return { loaded, themes };
}

const written = (numbers: Float64Array) => Array.from(numbers, (one) => (Number.isNaN(one) ? null : one));

/** Parts of a hidden share are hidden too. */
function partsOf({ values, ...column }: Column) {
	const seen = (part: Float64Array | undefined) =>
		Array.from(values, (value, at) => (Number.isNaN(value) ? null : (part?.[at] ?? null)));
	return { count: seen(column.count), of: seen(column.of), margin: seen(column.margin) };
}

const said =
	/^electoral-map\.(theme_|of_|criterion_|reason_|circle_|mark_|legend_both|targeted_|(station|commune)_spoken$|station$|rank$|votes$|points$|margin$|margin_plain$|hidden$|not_ranked$)/;
const isSaid = (key: string) => said.test(key);
