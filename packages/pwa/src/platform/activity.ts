/** That somebody uses the app. */
export interface Activity {
  /** Calls back with every press, tap and turn of the wheel; returns how to stop. */
  onInput(heard: () => void): () => void;
}

const EVENTS = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

/** Input anywhere in this window. */
export const windowActivity: Activity = {
  onInput(heard) {
    const options = { capture: true, passive: true } as const;
    for (const event of EVENTS) addEventListener(event, heard, options);
    return () => {
      for (const event of EVENTS) removeEventListener(event, heard, options);
    };
  },
};
