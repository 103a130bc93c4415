import { whenActivated } from "../activation.ts";

interface SoundOptions {
  shouldLoop?: boolean;
  /** Milliseconds; 0: to its end. */
  maxDuration?: number;
}

/**
 * Takes the place of the SDK's own Sound, which starts every sound when the Device is made: a browser that has not
 * been touched yet refuses that, with a complaint on the console for each. This one rings from the first touch on.
 */
export class PageSound {
  readonly #audio = new Audio();
  #stopWaiting = (): void => undefined;

  constructor(_name: string, url: string, { shouldLoop = false }: SoundOptions = {}) {
    this.#audio.preload = "none";
    this.#audio.src = url;
    this.#audio.loop = shouldLoop;
  }

  /** Resolves at once: the SDK emits `incoming` only after its ring has begun. */
  play(): Promise<void> {
    this.stop();
    this.#stopWaiting = whenActivated(() => {
      // Cut off by `stop`, or no loudspeaker.
      this.#audio.play().catch(() => undefined);
    });
    return Promise.resolve();
  }

  stop(): void {
    this.#stopWaiting();
    this.#audio.pause();
    this.#audio.currentTime = 0;
  }

  /** The SDK hands over its list of loudspeakers; the default one is right. */
  setSinkIds(): void {}
}
