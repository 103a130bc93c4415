import type { Stage } from "./stage.ts";

/** A scripted call whose sound is measured and checked. */
export interface Scenario {
  readonly name: string;
  /** One line: who does what. */
  readonly summary: string;
  /** How many agents it needs. */
  readonly agents: 1 | 2;
  play(stage: Stage): Promise<void>;
}
