export { invitationOf, invitedByLink, wayToLink } from './arriving.ts';
export { type Followed, followLink, type Lead, showLink } from './follow.ts';
export { endLink, type Link, linksOf, MakeLinkForm, makeLink, OneLink } from './make.ts';
