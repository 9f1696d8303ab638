/** What somebody wants with a rescue file: write one, or take one over. */
export type RescueWish = 'write' | 'read';

/** A click that asks the app for the rescue file; `<rk-app>` hears it, wherever the button stands. */
export function askForRescue(wish: RescueWish): (event: Event) => void {
  return ({ currentTarget }) => {
    currentTarget?.dispatchEvent(
      new CustomEvent<RescueWish>('rk-rescue', { detail: wish, bubbles: true, composed: true }),
    );
  };
}
