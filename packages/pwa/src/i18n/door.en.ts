import type { doorId } from './door.id.ts';

/** {@link doorId} in English. */
export const doorEn: Readonly<Record<keyof typeof doorId, string>> = {
  'lock.by-device': 'Open with the phone’s screen lock',
  'lock.denied': 'The phone’s screen lock did not open it. Enter the PIN.',
  'lock.failed':
    'The device’s storage cannot be read. No data is lost. Close other tabs of Rukun, then try again.',
  'lock.forgot': 'Forgot PIN',
  'lock.full': 'The device is full. Free some space, then try again. No data is lost.',
  'lock.last-used': 'Last opened {when}',
  'lock.minutes': '{count} minutes',
  'lock.opening': 'Opening…',
  'lock.other': 'Somebody else signs in',
  'lock.seconds': '{count} seconds',
  'lock.sign-in': 'Sign in with the password',
  'lock.title': 'Enter the PIN',
  'lock.used-up':
    'This PIN no longer works, it was wrong too often. What is on this device is not lost: sign in with the password while there is a connection, then choose a new PIN.',
  'lock.wait': 'Wrong PIN. Wait {time} before trying again. {left} tries left.',
  'lock.who': 'Choose your name',
  'lock.wrong': 'Wrong PIN. {left} tries left.',
  'no-crypto.lead':
    'At this address the browser cannot encrypt, so nothing about families is kept on this device. Open Rukun by an address that begins with https://.',
  'no-crypto.title': 'This address is not secure',
  'pin.again': 'Repeat the same PIN',
  'pin.choose': 'Choose a PIN of 6 digits',
  'pin.count': '{count} of {of} digits',
  'pin.delete': 'Delete the last digit',
  'pin.differs': 'The two PINs differ. Choose again from the start.',
  'pin.easy': 'This PIN is easily guessed. Choose other digits.',
  'pin.not-stored': 'This device cannot store the PIN. Free some space, then try again.',
  'pin.why-first': 'The PIN protects the families’ data if this device is lost.',
  'pin.why-forgotten': 'What is on this device is still there. The old PIN no longer works.',
  'pin.why-older':
    'From this version on data on the device is locked by a PIN, so that it is safe if the device is lost.',
  'sealing.lead':
    'Earlier data on this device is being encrypted. If the app is closed, this goes on when it is opened again.',
  'sealing.title': 'Encrypting…',
  'shut-out.done':
    'What was not sent yet is at the centre for the supervisor, and all data on this phone is gone. Close the app; ask your supervisor.',
  'shut-out.handing-in': 'What was not sent yet is being handed to the centre, sealed. Do not close the app.',
  'shut-out.title': 'This phone was shut out',
  'shut-out.waiting':
    'What was not sent yet is still on this phone and goes to the centre as soon as there is a connection. Nothing is lost.',
};
