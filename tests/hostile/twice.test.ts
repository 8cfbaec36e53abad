import { isDoneOnce } from './twice.ts';

isDoneOnce(300);
