/** How far a file is. */
export interface Progress {
	file: string;
	step: 'reading' | 'writing' | 'weights' | 'estimates';
	done: number;
	/** Zero while nobody knows. */
	total: number;
}

/** Tells the last progress said, once a second, until it is stopped. */
export function ticking(tell: ((progress: Progress) => void) | undefined) {
	let last: Progress | undefined;
	const timer = setInterval(() => {
		if (last) tell?.(last);
	}, 1000);
	return {
		say: (progress: Progress) => {
			last = progress;
		},
		stop: () => clearInterval(timer),
	};
}
