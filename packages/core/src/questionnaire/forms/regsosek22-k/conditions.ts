import type { Condition } from '../../definition.ts';

/** 404 codes 1 and 5: the member belongs to the family, so the rest of block IV is asked. */
export const livesHere: Condition = { q: '404', in: ['1', '5'] };

export const fiveOrOlder: Condition = { q: '407', gte: 5 };
