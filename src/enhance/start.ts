import { script } from './page.ts';

// What is there is shown first: on a slow phone the improvements would take their share of the line from the style sheet,
// then a tenth of a second before the first paint. A frame that was asked for comes before its paint; what it puts off, after.
const improvements = script('enhance-main');

requestAnimationFrame(() => setTimeout(() => import(/* @vite-ignore */ improvements)));
