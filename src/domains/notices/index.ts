export { ChoicesForm, choicesOf, choose, stopMails, stoppedBy } from './choices.ts';
export { type Category, commentAt } from './kinds.ts';
export { linesOf } from './lines.ts';
export { type News, notify, settle } from './notify.ts';
export { type Notice, notices, open, readAll, unread } from './read.ts';
export { declareSights } from './sights.ts';
