import type { Option } from '../../definition.ts';

export const meterPower: readonly Option[] = [
  { code: '1', label: { id: '450 watt', en: '450 W' } },
  { code: '2', label: { id: '900 watt', en: '900 W' } },
  { code: '3', label: { id: '1.300 watt', en: '1,300 W' } },
  { code: '4', label: { id: '2.200 watt', en: '2,200 W' } },
  { code: '5', label: { id: '> 2.200 watt', en: '> 2,200 W' } },
];

export const yesNo: readonly Option[] = [
  { code: '1', label: { id: 'Ya', en: 'Yes' } },
  { code: '2', label: { id: 'Tidak', en: 'No' } },
];

export const industries: readonly Option[] = [
  { code: '01', label: { id: 'Tanaman padi & palawija', en: 'Rice and secondary food crops' } },
  { code: '02', label: { id: 'Hortikultura', en: 'Horticulture' } },
  { code: '03', label: { id: 'Perkebunan', en: 'Estate crops' } },
  { code: '04', label: { id: 'Perikanan', en: 'Fishery' } },
  { code: '05', label: { id: 'Peternakan', en: 'Livestock' } },
  { code: '06', label: { id: 'Kehutanan & pertanian lain', en: 'Forestry and other agriculture' } },
  { code: '07', label: { id: 'Pertambangan/penggalian', en: 'Mining and quarrying' } },
  { code: '08', label: { id: 'Industri pengolahan', en: 'Manufacturing' } },
  {
    code: '09',
    label: {
      id: 'Listrik, gas, uap/air panas, udara dingin',
      en: 'Electricity, gas, steam and cold air supply',
    },
  },
  {
    code: '10',
    label: {
      id: 'Air, limbah, daur ulang sampah, remediasi',
      en: 'Water supply, sewage, waste recycling, remediation',
    },
  },
  { code: '11', label: { id: 'Konstruksi', en: 'Construction' } },
  {
    code: '12',
    label: { id: 'Perdagangan; reparasi mobil & motor', en: 'Wholesale/retail trade; vehicle repair' },
  },
  { code: '13', label: { id: 'Pengangkutan & pergudangan', en: 'Transport and storage' } },
  { code: '14', label: { id: 'Akomodasi & makan minum', en: 'Accommodation and food service' } },
  { code: '15', label: { id: 'Informasi & komunikasi', en: 'Information and communication' } },
  { code: '16', label: { id: 'Keuangan & asuransi', en: 'Finance and insurance' } },
  { code: '17', label: { id: 'Real estat', en: 'Real estate' } },
  {
    code: '18',
    label: { id: 'Jasa profesional, ilmiah, teknis', en: 'Professional, scientific, technical services' },
  },
  {
    code: '19',
    label: {
      id: 'Penyewaan, ketenagakerjaan, agen perjalanan, penunjang usaha',
      en: 'Rental, employment, travel agency, business support',
    },
  },
  {
    code: '20',
    label: {
      id: 'Administrasi pemerintahan, pertahanan, jaminan sosial wajib',
      en: 'Public administration, defence, compulsory social security',
    },
  },
  { code: '21', label: { id: 'Pendidikan', en: 'Education' } },
  { code: '22', label: { id: 'Kesehatan & aktivitas sosial', en: 'Human health and social work' } },
  { code: '23', label: { id: 'Kesenian, hiburan, rekreasi', en: 'Arts, entertainment, recreation' } },
  { code: '24', label: { id: 'Jasa lainnya', en: 'Other services' } },
  { code: '25', label: { id: 'Keluarga/rumah tangga pemberi kerja', en: 'Households as employers' } },
  { code: '26', label: { id: 'Badan internasional', en: 'International bodies' } },
];

export const difficulty: readonly Option[] = [
  { code: '1', label: { id: 'Ya, sama sekali tidak bisa', en: 'Yes, cannot do at all' } },
  {
    code: '2',
    label: { id: 'Ya, banyak kesulitan, butuh bantuan', en: 'Yes, a lot of difficulty, needs help' },
  },
  {
    code: '3',
    label: { id: 'Ya, sedikit kesulitan, tanpa bantuan', en: 'Yes, some difficulty, no help needed' },
  },
  { code: '4', label: { id: 'Tidak mengalami kesulitan', en: 'No difficulty' } },
];

export const yesNoUnknown: readonly Option[] = [
  { code: '1', label: { id: 'Ya', en: 'Yes' } },
  { code: '2', label: { id: 'Tidak', en: 'No' } },
  { code: '8', label: { id: 'Tidak tahu', en: "Don't know" } },
];

export const schoolLevels: readonly Option[] = [
  { code: '01', label: { id: 'Paket A', en: 'Package A (primary equivalency)' } },
  { code: '02', label: { id: 'SDLB', en: 'Special primary school' } },
  { code: '03', label: { id: 'SD', en: 'Primary school' } },
  { code: '04', label: { id: 'MI', en: 'Islamic primary school' } },
  { code: '05', label: { id: 'SPM/PDF Ula', en: 'Pesantren primary level (SPM/PDF Ula)' } },
  { code: '06', label: { id: 'Paket B', en: 'Package B (junior equivalency)' } },
  { code: '07', label: { id: 'SMPLB', en: 'Special junior secondary' } },
  { code: '08', label: { id: 'SMP', en: 'Junior secondary' } },
  { code: '09', label: { id: 'MTs', en: 'Islamic junior secondary' } },
  { code: '10', label: { id: 'SPM/PDF Wustha', en: 'Pesantren junior level (SPM/PDF Wustha)' } },
  { code: '11', label: { id: 'Paket C', en: 'Package C (senior equivalency)' } },
  { code: '12', label: { id: 'SMALB/SMLB', en: 'Special senior secondary' } },
  { code: '13', label: { id: 'SMA', en: 'Senior secondary (general)' } },
  { code: '14', label: { id: 'MA', en: 'Islamic senior secondary' } },
  { code: '15', label: { id: 'SMK', en: 'Vocational senior secondary' } },
  { code: '16', label: { id: 'MAK', en: 'Islamic vocational senior secondary' } },
  { code: '17', label: { id: 'SPM/PDF Ulya', en: 'Pesantren senior level (SPM/PDF Ulya)' } },
  { code: '18', label: { id: 'D1/D2/D3', en: 'Diploma 1-3' } },
  { code: '19', label: { id: 'D4/S1', en: 'Diploma 4 / Bachelor' } },
  { code: '20', label: { id: 'Profesi', en: 'Professional degree' } },
  { code: '21', label: { id: 'S2', en: 'Master' } },
  { code: '22', label: { id: 'S3', en: 'Doctorate' } },
];
