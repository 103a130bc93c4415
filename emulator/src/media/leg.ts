import type { AudioPort } from "./port.ts";

/**
 * One browser's media. Either `offer` and then `accept`, or `answer`. All session descriptions that go out hold all
 * candidates, because the Voice SDK neither sends nor takes candidates later.
 */
export interface Leg {
  readonly port: AudioPort;
  offer(): Promise<string>;
  /** @throws Error when the answer is not one to our offer */
  accept(answer: string): void;
  /** @throws Error when the offer is not one that we can answer */
  answer(offer: string): Promise<string>;
  close(): void;
}

/** Makes legs, with or without media behind them. */
export interface LegMaker {
  /** Loads the first leg's dependencies before a call waits for them. */
  prepare(): void;
  make(): Promise<Leg>;
  /** Resolves when all legs, which must have been closed before, are gone, and what they shared. */
  close(): Promise<void>;
}

/** The `mid` of the first media section; the answer must repeat it. */
export function firstMid(sdp: string): string {
  return /^a=mid:(\S+)/m.exec(sdp)?.[1] ?? "0";
}

/** The ICE user fragment: the same for the same media, another for other media. */
export function iceUfrag(sdp: string): string | undefined {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];
}
