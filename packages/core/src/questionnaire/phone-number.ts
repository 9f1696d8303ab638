const MOBILE = /^08[1-9]\d{7,10}$/;
const LAND_LINE = /^0\d{2,3}\d{5,8}$/;

/** A phone number in national form: spaces, dots, hyphens and brackets taken out, `+62` and `62` written as `0`. */
export function normalisePhone(text: string): string {
  const bare = text.replaceAll(/[\s.()-]/g, '');
  return bare.replace(/^(\+62|62)/, '0');
}

/** Whether a number looks like an Indonesian mobile or land line. Own knowledge (regsosek.md section 5): warn only. */
export function isPlausiblePhone(text: string): boolean {
  const number = normalisePhone(text);
  return MOBILE.test(number) || LAND_LINE.test(number);
}
