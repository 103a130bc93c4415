import type { Talk } from "./talk.ts";

/** A scripted call whose sound is measured and checked. */
export interface Scenario {
  readonly name: string;
  /** One line: who does what. */
  readonly summary: string;
  /** How long agents' pages ring, if not as long as usual. */
  readonly ringSeconds?: number;
  /** The step after a failed transfer, unless the first agent rings back. */
  readonly afterFailure?: "voicemail";
  play(talk: Talk): Promise<void>;
}
