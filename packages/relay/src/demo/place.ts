import type { DemoPlace, DemoRegion } from './types.ts';

/** Kecamatan Langowan Utara, Minahasa: small, rural, its SLS are called jaga. */
const PLACE = {
  province: '71',
  regency: '71.02',
  district: '71.02.19',
  villages: ['71.02.19.2001', '71.02.19.2003', '71.02.19.2004'],
} as const;

/** Far from the numbers in use, so that nobody takes the made-up codes for real ones. */
const MADE_UP_DISTRICT = '990';

/**
 * Reads the names of the demo's kecamatan from the published list of the Home Ministry. The list is large, hence loaded
 * here only and dropped again.
 */
export async function loadPlace(): Promise<DemoPlace> {
  const list = await import('idn-area-data');
  const [provinces, regencies, districts, villages] = await Promise.all([
    list.getProvinces(),
    list.getRegencies(),
    list.getDistricts(),
    list.getVillages(),
  ]);
  const regencyBps = PLACE.regency.replaceAll('.', '');
  const districtBps = regencyBps + MADE_UP_DISTRICT;
  return {
    province: region(provinces, PLACE.province, PLACE.province),
    regency: region(regencies, PLACE.regency, regencyBps),
    district: region(districts, PLACE.district, districtBps),
    villages: PLACE.villages.map((code, index) =>
      region(villages, code, districtBps + String(index + 1).padStart(3, '0')),
    ),
  };
}

function region(
  rows: readonly { readonly code: string; readonly name: string }[],
  kemendagriCode: string,
  bpsCode: string,
): DemoRegion {
  const row = rows.find((candidate) => candidate.code === kemendagriCode);
  if (!row) throw new Error(`idn-area-data does not know ${kemendagriCode}`);
  return { kemendagriCode, bpsCode, name: row.name };
}
