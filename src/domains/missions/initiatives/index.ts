import { closeIdea } from './propose.ts';
import { accept, ask, decline, quit, support, withdraw } from './support.ts';

export { PersonForm, ProposeForm } from './input.ts';
export { propose } from './propose.ts';
export { findIdeas, type IdeaCard, ideaSaid, ideasFor, showIdea } from './read.ts';

/** What one does with an idea. */
export const idea = { support, withdraw, ask, quit, accept, decline, closeIdea };
