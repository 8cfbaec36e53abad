import { command } from './command.ts';

/** Commands about the files that are kept. */
export const seals = [
	command({
		path: ['files', 'seal'],
		operands: [],
		summary: 'seal on the disk the files of messages that were kept before files were sealed',
		notes:
			'Nobody waits: a file is read while it is sealed. Stopped anywhere, it goes on the next time. 0: all are sealed; 1: some could not be read, and stay as they are.',
		run: async () => {
			const [{ sealedHolders }, { sealKept }] = await Promise.all([
				import('#domains/messages/index.ts'),
				import('#platform/files/seal-kept.ts'),
			]);
			const say = (done: number, total: number) => console.error(`${done} / ${total}`);
			const done = await sealKept(sealedHolders, say);
			return { ok: done.left === 0, ...done };
		},
		say: ({ sealed, unreadable, left }) =>
			`Sealed: ${sealed}. Still open: ${left}.${unreadable ? ` Not found whole on the disk: ${unreadable}.` : ''}`,
	}),
	command({
		path: ['files', 'sweep'],
		operands: [],
		options: { 'dry-run': { type: 'boolean' } },
		summary: 'take off the disk the files that nothing names any more (a job does it each night)',
		notes:
			'Only files of ours, older than a day. The job leaves everything where more has no name than has one: this command does not ask; look with --dry-run first.',
		run: async (_, options) => {
			const dry = options['dry-run'] === true;
			const { sweepFiles } = await import('#platform/files/sweep.ts');
			return { ok: true, dry, ...(await sweepFiles({ dry })) };
		},
		say: ({ dry, looked, unnamed, deleted, cut, doubtful }) =>
			dry
				? `Looked at: ${looked}. Would delete: ${unnamed}.${doubtful ? ' Is this their database?' : ''}`
				: `Looked at: ${looked}. Deleted: ${deleted}, and uploads that were cut: ${cut}.`,
	}),
];
