import { stage } from '#tests/stage.ts';
import { timeTellsNobody } from './timing.fixture.ts';

stage();

// A thousand of each with the long families (`tests/long/timing.test.ts`).
timeTellsNobody(200);
