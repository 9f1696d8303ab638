import { storeFailure } from '../stores/store-failure.ts';

/** Says that the app could not start because the device's database cannot be opened. Nothing is lost by it. */
export function showStartFailure(body: HTMLElement, error: unknown): void {
  const { reason } = storeFailure(error);
  const lines =
    reason === 'full'
      ? [
          'Penyimpanan HP penuh. Hapus berkas lain, lalu buka lagi.',
          'The device is full. Free some space, then open again.',
        ]
      : [
          'Penyimpanan HP tidak dapat dibuka. Tutup tab Rukun yang lain, lalu buka lagi. Data tidak hilang.',
          'The device’s storage cannot be opened. Close other tabs of Rukun, then open again. No data is lost.',
        ];
  const message = document.createElement('div');
  message.setAttribute('role', 'alert');
  for (const line of lines) {
    const paragraph = document.createElement('p');
    paragraph.textContent = line;
    message.append(paragraph);
  }
  body.append(message);
}
