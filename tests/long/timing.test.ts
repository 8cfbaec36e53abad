import { timeTellsNobody } from '#domains/people/timing.fixture.ts';
import { stage } from '#tests/stage.ts';

stage();

timeTellsNobody(1000);
