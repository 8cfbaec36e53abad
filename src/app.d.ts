import type { Problem, RefusalName } from '#platform/errors.ts';
import type { HouseSettings } from '#platform/house.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Words } from '#platform/wording/index.ts';

declare global {
	namespace App {
		interface Locals {
			viewer: Viewer;
			house: HouseSettings;
			words: Words;
			/** What a form that is refused held: the page that says so gives it back. */
			typed?: string[];
		}
		interface Error {
			name?: RefusalName;
			problems?: Problem[];
			/** What a person gives us to find their error in the log. */
			reference?: string;
			/** Texts of the form that could not be taken, to copy elsewhere. */
			typed?: string[];
		}
	}
}
