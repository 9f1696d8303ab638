/** What the browser says about the network and about being looked at. A hint only: real attempts tell the truth. */
export interface Surroundings {
  isOnline(): boolean;
  isVisible(): boolean;
  /** Calls back when either may have changed; returns how to stop. */
  onChange(changed: () => void): () => void;
}

/** The surroundings of this window. */
export const windowSurroundings: Surroundings = {
  isOnline: () => navigator.onLine,
  isVisible: () => document.visibilityState === 'visible',
  onChange(changed) {
    window.addEventListener('online', changed);
    window.addEventListener('offline', changed);
    document.addEventListener('visibilitychange', changed);
    return () => {
      window.removeEventListener('online', changed);
      window.removeEventListener('offline', changed);
      document.removeEventListener('visibilitychange', changed);
    };
  },
};
