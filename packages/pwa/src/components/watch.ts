import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Observable } from '../app/app.ts';

/** Keeps an element up to date with a value that changes; where the value comes from may change as well. */
export class Watch<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #find: () => Observable<T> | undefined;
  #source: Observable<T> | undefined;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, find: () => Observable<T> | undefined) {
    this.#host = host;
    this.#find = find;
    host.addController(this);
  }

  /** The value now; undefined while there is no source. */
  get value(): T | undefined {
    return this.#source?.get();
  }

  hostConnected(): void {
    this.#follow();
  }

  hostUpdate(): void {
    if (this.#find() !== this.#source) this.#follow();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#source = undefined;
  }

  #follow(): void {
    this.#stop?.();
    this.#source = this.#find();
    this.#stop = this.#source?.subscribe(() => this.#host.requestUpdate());
  }
}
