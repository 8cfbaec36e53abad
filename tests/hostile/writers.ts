import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { idOf } from '#tests/party.ts';
import { send } from './send.ts';

/** One thing somebody wrote: its text tells it from all others, its key makes it once. */
export interface Written {
	kind: 'post' | 'poll' | 'comment';
	text: string;
	key: string;
	writer: number;
	/** The house said that it is done (303). */
	acknowledged: boolean;
	/** What it answered last when it did not say so. */
	refused?: string;
}

/** People who write without pause, and the list outside the house of what it acknowledged. */
export class Writers {
	readonly ledger: Written[] = [];
	inFlight = 0;
	private writing = false;
	private working: Promise<unknown> = Promise.resolve();
	private readonly secrets: string[];
	private readonly postId: string;

	constructor(secrets: string[], postId: string) {
		this.secrets = secrets;
		this.postId = postId;
	}

	/** Starts writing; each writer goes on after each answer, good or bad. */
	start(origin: string): void {
		this.writing = true;
		this.working = Promise.all(
			this.secrets.map(async (_, writer) => {
				while (this.writing) {
					const kind = (['post', 'poll', 'comment'] as const)[this.ledger.length % 3]!;
					const written: Written = {
						kind,
						writer,
						key: randomUUID(),
						text: `ledger ${randomUUID()}`,
						acknowledged: false,
					};
					this.ledger.push(written);
					if (!(await this.write(origin, written))) await new Promise((resolve) => setTimeout(resolve, 20));
				}
			}),
		);
	}

	/** What the browser of the first of them sends. */
	get cookie(): string {
		return `coopol=${this.secrets[0]}`;
	}

	async stop(): Promise<void> {
		this.writing = false;
		await this.working;
	}

	/** Sends it, again perhaps; gives whether the house acknowledged it now. */
	async write(origin: string, written: Written): Promise<boolean> {
		const { kind, text, key, writer } = written;
		const fields: [string, string][] = [
			['text', text],
			['_key', key],
		];
		if (kind !== 'comment') fields.push(['audience', 'network']);
		if (kind === 'poll') fields.push(['options[]', 'Oui'], ['options[]', 'Non'], ['poll_days', '7']);
		this.inFlight++;
		const {
			status,
			location,
			text: answer,
		} = await send(origin, {
			method: 'POST',
			path: kind === 'comment' ? `/publications/${this.postId}?/comment` : '/fil/publier?/publish',
			headers: {
				origin,
				accept: 'text/html',
				cookie: `coopol=${this.secrets[writer]}`,
				'content-type': 'application/x-www-form-urlencoded',
			},
			body: Buffer.from(new URLSearchParams(fields).toString()),
		});
		this.inFlight--;
		const isDone = status === 303 && /#[pc]-/.test(location);
		written.acknowledged ||= isDone;
		written.refused = isDone ? undefined : `${status} ${location} ${answer.slice(0, 300)}`;
		return isDone;
	}
}

/** Members of the cast who may write as much as they like. */
export const writerIds = (['odile', 'samuel', 'yamina', 'ines', 'fanny', 'noemie'] as const).map(idOf);

/** What is wrong between the ledger and the database, in words: lost, twice, or half done. */
export async function discrepancies(owner: postgres.Sql, ledger: Written[]): Promise<string[]> {
	const rows = await owner<{ text: string; kind: string; whole: boolean }[]>`
		select post.text, case when poll.post_id is null then 'post' else 'poll' end as kind,
			(select count(*) from feed.option where option.post_id = post.id) = case when poll.post_id is null then 0 else 2 end
			and (select count(*) from jobs.job where job.name = 'feed.announce' and job.data ->> 'postId' = post.id::text) = 1 as whole
		from feed.post left join feed.poll on poll.post_id = post.id where post.text like 'ledger %'
		union all select comment.text, 'comment', true from feed.comment where comment.text like 'ledger %'`;
	const found = Map.groupBy(rows, ({ text }) => text);
	const wrong = ledger.flatMap(({ text, kind, acknowledged }) => {
		const there = found.get(text) ?? [];
		if (there.length > 1) return [`${text}: ${there.length} times`];
		if (acknowledged && !there.length) return [`${text}: acknowledged and lost`];
		return there.every((row) => row.whole && row.kind === kind) ? [] : [`${text}: half done`];
	});
	const [counted] = await owner<{ wrong: number }[]>`select count(*)::int as wrong from feed.post
		where post.comment_count <> (select count(*) from feed.comment where comment.post_id = post.id and comment.deleted_at is null)`;
	return counted!.wrong ? [...wrong, `${counted!.wrong} posts count their comments wrong`] : wrong;
}
