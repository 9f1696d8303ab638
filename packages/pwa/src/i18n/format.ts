import { language, t } from './translate.ts';

const LOCALES = { id: 'id-ID', en: 'en-GB' } as const;

/** A number with the thousands mark of the language. */
function formatNumber(value: number): string {
  return new Intl.NumberFormat(LOCALES[language()]).format(value);
}

/** Day and time of a moment, in the zone of the device. */
export function formatMoment(at: number): string {
  return new Intl.DateTimeFormat(LOCALES[language()], { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** The day of a moment, with its weekday, in the zone of the device. */
export function formatDate(at: number): string {
  return new Intl.DateTimeFormat(LOCALES[language()], { dateStyle: 'full' }).format(at);
}

/** The time of a moment, in the zone of the device. */
export function formatTime(at: number): string {
  return new Intl.DateTimeFormat(LOCALES[language()], { timeStyle: 'short' }).format(at);
}

/** A day `YYYY-MM-DD` in words; '' stays ''. */
export function formatDay(day: string): string {
  if (day === '') return '';
  const options = { dateStyle: 'medium', timeZone: 'UTC' } as const;
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : new Intl.DateTimeFormat(LOCALES[language()], options).format(at);
}

const MEGABYTE = 1_048_576;
const GIGABYTE = 1024 * MEGABYTE;

/** Bytes for people: megabytes, or gigabytes where there are many. */
export function formatBytes(bytes: number): string {
  if (bytes < GIGABYTE) return `${formatNumber(Math.round(bytes / MEGABYTE))} MB`;
  return `${formatNumber(Math.round((10 * bytes) / GIGABYTE) / 10)} GB`;
}

/** The size of a file for people: kilobytes, or megabytes where there are many. */
export function formatFileSize(bytes: number): string {
  if (bytes >= MEGABYTE) return `${formatNumber(Math.round((10 * bytes) / MEGABYTE) / 10)} MB`;
  return `${formatNumber(Math.max(1, Math.round(bytes / 1024)))} KB`;
}

/** The letters an avatar shows for a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0]?.charAt(0) ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : '';
  return (first + last).toUpperCase();
}

/** How long somebody has to wait, rounded up so that nobody comes too early. */
export function waitWords(waitMs: number): string {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return seconds < 60
    ? t('wait.seconds', { count: seconds })
    : t('wait.minutes', { count: Math.ceil(seconds / 60) });
}
