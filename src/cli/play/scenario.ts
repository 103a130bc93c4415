import type { Talk } from "./talk.ts";

/** A scripted call whose sound is measured and checked. */
export interface Scenario {
  readonly name: string;
  /** One line: who does what. */
  readonly summary: string;
  /** How long agents' pages ring, if not as long as usual. */
  readonly ringSeconds?: number;
  /** What comes after a failed transfer, if the first agent is not rung back. */
  readonly afterFailure?: "voicemail";
  play(talk: Talk): Promise<void>;
}
