import type { AreaInfo, Me, PersonInfo } from '@rukun/core/protocol';
import type { Role } from '@rukun/core/foundation';

export const OFFICER: PersonInfo = { id: 'p-officer', name: 'Ani Wulandari', role: 'officer', code: '0101' };
const OTHER_OFFICER: PersonInfo = {
  id: 'p-second',
  name: 'Yohanis Lumi',
  role: 'officer',
  code: '0102',
};
export const SUPERVISOR: PersonInfo = {
  id: 'p-supervisor',
  name: 'Budi Rondonuwu',
  role: 'supervisor',
  code: '201',
};

export const AREA = '7102990001000100';
export const OTHER_AREA = '7102990002000201';

function area(id: string, name: string, village: string, officer: string): AreaInfo {
  return {
    id,
    name,
    village,
    kecamatan: 'Langowan Utara',
    regency: 'Kabupaten Minahasa',
    province: 'Sulawesi Utara',
    codesAreMadeUp: true,
    officer,
    supervisor: SUPERVISOR.id,
    target: 40,
    dueDate: '2026-12-05',
  };
}

/** Somebody signed in, with two areas. */
export function somebody(role: Role = 'officer'): Me {
  const person =
    role === 'officer'
      ? OFFICER
      : role === 'supervisor'
        ? SUPERVISOR
        : { id: 'p-else', name: 'Maria Tumbel', role, code: '' };
  return {
    person,
    device: { id: `d-${role}`, tag: role === 'officer' ? 'k3f' : 's7b' },
    neighbours: [],
    areas: [
      area(AREA, 'JAGA I', 'Walantakan', OFFICER.id),
      area(OTHER_AREA, 'JAGA II (01)', 'Taraitak', role === 'supervisor' ? OTHER_OFFICER.id : OFFICER.id),
    ],
    people: [OFFICER, OTHER_OFFICER, SUPERVISOR],
    boards: ['board/7102990'],
    enumeration: { from: '2026-11-01', to: '2026-12-15' },
    isDemo: true,
  };
}
