import type { Stage } from "./stage.ts";

/** A story that scripted people play; what is heard in it is measured and judged. */
export interface Scenario {
  readonly name: string;
  /** One line: who does what. */
  readonly summary: string;
  /** How many agents it needs. */
  readonly agents: 1 | 2;
  play(stage: Stage): Promise<void>;
}
