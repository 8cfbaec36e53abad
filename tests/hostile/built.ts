import { buildPages } from '#bin/bench/scene.ts';

/** Builds the pages once, before any of these tests, unless the build is of these sources. */
export default function build(): void {
	buildPages();
}
