/** A person's sex as a NIK encodes it. */
export type Sex = 'male' | 'female';

/** How people of one group are usually named. */
export interface NameGroup {
  /** How common the group is in the demo's kecamatan, in percent. */
  readonly share: number;
  /** How often a second given name follows, 0 to 1. */
  readonly second: number;
  readonly male: readonly string[];
  readonly female: readonly string[];
  /** Family or clan names (marga, fam); empty where people have none. */
  readonly family: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Names typical of the groups one meets in a kecamatan of Minahasa. No name is taken from a person or a list. */
export const NAME_GROUPS: readonly NameGroup[] = [
  {
    // Minahasan
    share: 66,
    second: 0.4,
    male: words(`JOHANIS FERRY DENNY STENLY HENDRIK MARTHEN NOLDY REFLY FRANKY YANTJE MAXI ROBBY
      JEFRI ALFRETS HERMAN WELLY MEIDY VECKY JANTJE DECKY RONNY MICHAEL ADRIANUS FREDRIK`),
    female: words(`MARIA DEETJE MEISKE SELVIE NOVITA YULIANA MARTJE FEMMY LINDA HEIDY JEINE OLGA
      VONNY SILVANA GRACE STIEN NONTJE DEISY ANEKE FRANSISKA MERRY YENNY ELSJE RITA`),
    family: words(`WOWOR RUMENGAN MANDAGI LUMENTUT PANGEMANAN SONDAKH TUMBELAKA KALALO KARUNDENG
      RUNTUWENE MAMAHIT POLII KAUNANG RORIMPANDEY SUPIT TAMPI WALANGITAN SUMUAL LASUT MOKOGINTA
      SENDUK KAWATU LENGKONG MOMONGAN PALIT RATU SINGAL TULANGOW WENAS KINDANGEN`),
  },
  {
    // Sangihe and Talaud
    share: 10,
    second: 0.3,
    male: words('YOHANES DANIEL SAMUEL ALEKSANDER NIKSON BENYAMIN ESRA JEMMY OKTAVIANUS RISNO'),
    female: words('NORMA ESTER DORKAS SARTJE YOSPINA MARLINA ADELINA KRISTINA ROSMIN HERLINA'),
    family: words('MAKAGANSA SALINDEHO TATENGKENG BAWOLE KAHIKING LALOMBO MANGUNDAP TAMAKA MAARISIT SASIANG'),
  },
  {
    // Javanese: no family name, sometimes a single name
    share: 8,
    second: 0.75,
    male: words('SLAMET SUTRISNO AGUS BUDI SUGENG WAHYU JOKO SUPRIYADI HARTONO WIDODO PRASETYO SANTOSO'),
    female: words('SRI SITI WAHYUNI SULASTRI ENDANG RETNO LESTARI PURWANTI NINGSIH RAHAYU SUMARNI DEWI'),
    family: [],
  },
  {
    // Gorontalo
    share: 7,
    second: 0.3,
    male: words('RAHMAT ISMAIL YUSUF HAMZAH ABDUL RIDWAN IDRIS FAISAL ARIFIN USMAN'),
    female: words('FATMAH HADIJAH NURHAYATI ASNA SALMA RAMLAH HASNA MARYAM SRIYATI ROHANI'),
    family: words('KATILI MONOARFA PAKAYA LAMUSU HULOPI DJAFAR BOTUTIHE PODUNGGE NUSI OLII'),
  },
  {
    // Bugis and Makassar
    share: 5,
    second: 0.5,
    male: words('ANDI BASO MUHAMMAD AMIRUDDIN SYAMSUDDIN BAHARUDDIN SYARIFUDDIN AMBO HASANUDDIN NASRUDDIN'),
    female: words('HASNIAH NURLIAH ROSDIANA SITTI HARTINI MARWAH SURIANI JUMRIAH BESSE NURBAYA'),
    family: [],
  },
  {
    // Batak
    share: 4,
    second: 0.4,
    male: words('PARLINDUNGAN SAUT TOGAR HOTMAN MANGASA JONI RUDOLF POLTAK'),
    female: words('ROSMAIDA TIURMA DAME ROULI LASMA HOTMAIDA MINAR DUMA'),
    family: words('SIMANJUNTAK SIREGAR SITORUS HUTAPEA NAINGGOLAN PANJAITAN SINAGA MANURUNG'),
  },
];

/** Streets of the demo's villages, made up of usual words. */
export const STREETS: readonly string[] = [
  'RAYA LANGOWAN',
  'PASAR LAMA',
  'GEREJA SENTRUM',
  'SEKOLAH',
  'KEBUN CENGKIH',
  'LAPANGAN',
  'MATA AIR',
  'PANCURAN',
];
