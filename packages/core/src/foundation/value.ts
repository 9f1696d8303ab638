/** A value that changes; `subscribe` calls back on every change and returns how to stop. */
export interface Observable<T> {
  get(): T;
  subscribe(changed: (value: T) => void): () => void;
}

/** An observable value that is set from outside. Setting what it already is tells nobody. */
export class Value<T> implements Observable<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of this.#listeners) listener(value);
  }

  subscribe(changed: (value: T) => void): () => void {
    this.#listeners.add(changed);
    return () => {
      this.#listeners.delete(changed);
    };
  }
}

/** An observable that is computed when somebody asks, and again after `spoil`. */
export class Computed<T> implements Observable<T> {
  readonly #compute: () => T;
  #value: { readonly current: T } | null = null;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(compute: () => T) {
    this.#compute = compute;
  }

  get(): T {
    this.#value ??= { current: this.#compute() };
    return this.#value.current;
  }

  /** What it is computed from has changed. */
  spoil(): void {
    this.#value = null;
  }

  /** Computes it again and tells everybody. */
  tell(): void {
    const value = this.get();
    for (const listener of this.#listeners) listener(value);
  }

  subscribe(changed: (value: T) => void): () => void {
    this.#listeners.add(changed);
    return () => {
      this.#listeners.delete(changed);
    };
  }
}
