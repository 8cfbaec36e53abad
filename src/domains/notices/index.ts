export { type ChoiceRow, ChoicesForm, type ChoiceTable, choicesOf, choose } from './choices.ts';
export { declareCircles } from './circles.ts';
export { type Category, commentAt } from './kinds.ts';
export { linesOf } from './lines.ts';
export { type News, notify } from './notify.ts';
export { keepQuiet, type Quiet, QuietForm, quietOf } from './quiet.ts';
export { type Notice, notices, open, readAll, unread } from './read.ts';
export { declareSights } from './sights.ts';
export { stopMails, stoppedBy } from './stop.ts';
