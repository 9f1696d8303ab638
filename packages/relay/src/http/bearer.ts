/** The token of a request (`Authorization: Bearer`), or '' if it has none of the documented form. */
export function bearerOf(authorization: string | undefined): string {
  return /^Bearer ([\w.-]{1,128})$/.exec(authorization ?? '')?.[1] ?? '';
}
