import { makeGateway } from '#platform/outgoing/gateway.ts';

/** Standard Webhooks leaves an address fifteen to thirty seconds to answer. */
const answerWithinMs = 15_000;

/** The way out, through the house's one door. Only tests lead it elsewhere. */
export const outside = { request: makeGateway({ milliseconds: answerWithinMs }).request };
