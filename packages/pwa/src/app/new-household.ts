import type { NewHousehold } from '@rukun/core/household';
import type { AreaInfo } from '@rukun/core/protocol';

/** What a household found on the way starts with: copies of its area in 101 to 106, nothing else. */
export function newHousehold(area: AreaInfo, form: string): NewHousehold {
  const { id, name } = area;
  return {
    form,
    area: id,
    origin: 'added',
    answers: {
      101: id.slice(0, 2),
      102: id.slice(2, 4),
      103: id.slice(4, 7),
      104: id.slice(7, 10),
      105: id.slice(10, 16),
      106: name,
    },
  };
}
