import type { Clock } from "../clock.ts";
import type { Engine } from "../engine/engine.ts";
import type { LegMaker } from "../media/leg.ts";
import type { BrowserCalls } from "./browser-call.ts";
import type { TokenIssuers } from "./token.ts";

/** The shared state of the signalling handlers. */
export interface Signalling {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly issuers: TokenIssuers;
  readonly legs: LegMaker;
  readonly calls: BrowserCalls;
  /** How long, in ms, a call waits for its device to come back. */
  readonly lostAfterMs: number;
}
