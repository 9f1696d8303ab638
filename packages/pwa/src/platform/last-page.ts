/** Where the last open form stood: a document's opaque name and the id of a page. Nothing personal. */
const KEY = 'rukun.last-page';

/**
 * Remembers the page of a form, so that entry goes on there after the browser was closed; the browser
 * may take seconds to store it, so after a sudden death the form may open at its first page.
 */
export function rememberPage(document: string, page: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([document, page]));
  } catch {
    // Without it the form opens at its first page.
  }
}

/** The page of a form that was open last, or null. */
export function rememberedPage(document: string): string | null {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return Array.isArray(known) && known[0] === document && typeof known[1] === 'string' ? known[1] : null;
  } catch {
    return null;
  }
}
