import { isDoneOnce } from '#tests/hostile/twice.ts';

isDoneOnce(5000);
