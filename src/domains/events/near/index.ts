export { communesToDraw, type Item, itemsOf, mapOf, type NearMap } from './ground.ts';
export { communeAt, homeAndAbove, nearby, type Ring, ringOf, rings } from './near.ts';
