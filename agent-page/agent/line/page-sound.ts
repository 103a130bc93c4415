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

  /** Plays on the first of these devices from now on. A browser that cannot choose plays on the default one. */
  async setSinkIds(ids: string | readonly string[]): Promise<void> {
    const id = typeof ids === "string" ? ids : ids[0];
    if ("setSinkId" in this.#audio) await this.#audio.setSinkId(id === "default" ? "" : (id ?? ""));
  }
}
