import { systemClock } from './clock.ts';

/** Offers a file to be saved, as a download. Whether the person kept it the browser does not tell. */
export function saveFile(file: File): void {
  const address = URL.createObjectURL(file);
  const link = Object.assign(document.createElement('a'), { href: address, download: file.name });
  link.click();
  // The download has begun with the click; the address is let go once the browser has taken it.
  systemClock.after(60_000, () => {
    URL.revokeObjectURL(address);
  });
}

/**
 * The file in a form this browser can share, or null. Chromium shares only names it knows: the bytes are the same.
 */
export function shareable(file: File): File | null {
  const named = new File([file], `${file.name}.txt`, { type: 'text/plain' });
  return 'canShare' in navigator && navigator.canShare({ files: [named] }) ? named : null;
}

/** Shares a file through the system's own sheet; false if the person or the system did not. */
export async function shareFile(file: File): Promise<boolean> {
  return navigator.share({ files: [file] }).then(
    () => true,
    () => false,
  );
}
