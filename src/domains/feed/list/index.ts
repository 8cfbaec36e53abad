export { type ByMail, ByMailForm, byMail, changeAddress, chooseMails, putChoice } from './choice.ts';
export { listStoppedBy, stopList } from './stop.ts';
