export { ConversationForm, MessageForm } from './input.ts';
export { markDelivered, markRead } from './marks.ts';
export { put } from './put.ts';
export { conversationsOf, countRequests, type Line, unreadMessages } from './queries.ts';
export { EditForm, edit, remove, SendForm, send } from './send.ts';
export { StartForm, start } from './start.ts';
export { AddForm, accept, add, hush, KeepForm, keep, leave, reconsider, refuse } from './take-part.ts';
export { numberIn, type Said, type Thread, thread } from './thread.ts';
