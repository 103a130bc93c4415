import type { Observer } from "../../call/running/observer.ts";
import type { PresenceState } from "../../presence/presence.ts";
import type { RestRequest } from "../../twilio/rest/watch-requests.ts";
import type { AnsweredWebhook } from "../webhooks/listener.ts";
import type { Milestone } from "./milestones.ts";

/** Sources of the log and the metrics. */
export interface Signals extends Observer {
  request: (seen: RestRequest) => void;
  webhook: (seen: AnsweredWebhook) => void;
  milestone: (reached: Milestone) => void;
  /** An agent's state has changed. */
  agent: (agent: string, state: PresenceState) => void;
}

type Told = { [Name in keyof Signals]: Parameters<Signals[Name]> };

/** Passes every signal to all takers. A taker that throws disturbs neither the others nor the sender. */
export function everySignal(takers: readonly Partial<Signals>[], onError: (error: unknown) => void): Signals {
  const tell = <Name extends keyof Signals>(name: Name) => {
    const interested = takers.filter((taker) => taker[name]) as Record<Name, (...told: Told[Name]) => void>[];
    return (...told: Told[Name]): void => {
      for (const taker of interested) {
        try {
          taker[name](...told);
        } catch (error) {
          onError(error);
        }
      }
    };
  };
  return {
    input: tell("input"),
    action: tell("action"),
    request: tell("request"),
    webhook: tell("webhook"),
    milestone: tell("milestone"),
    agent: tell("agent"),
  };
}
