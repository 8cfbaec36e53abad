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
];
