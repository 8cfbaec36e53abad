export { type Sheet, type Signs, sheetAsked, signs } from './signs.ts';
