import type { Observer } from "../../call/running/observer.ts";
import type { PresenceState } from "../../presence/presence.ts";
import type { RestRequest } from "../../twilio/rest/watch-requests.ts";
import type { AnsweredWebhook } from "../webhooks/listener.ts";
import type { Milestone } from "./milestones.ts";

/** What the log and the metrics are made of. */
export interface Signals extends Observer {
  request: (request: RestRequest) => void;
  webhook: (webhook: AnsweredWebhook) => void;
  milestone: (milestone: Milestone) => void;
  agent: (agent: string, state: PresenceState) => void;
}

type Arguments = { [Name in keyof Signals]: Parameters<Signals[Name]> };

/** Passes every signal to all receivers. An error of one stops neither the others nor the sender. */
export function broadcastSignals(
  receivers: readonly Partial<Signals>[],
  onError: (error: unknown) => void,
): Signals {
  const send = <Name extends keyof Signals>(name: Name) => {
    const handlers = receivers.flatMap((receiver) => receiver[name] ?? []) as ((
      ...given: Arguments[Name]
    ) => void)[];
    return (...given: Arguments[Name]): void => {
      for (const handle of handlers) {
        try {
          handle(...given);
        } catch (error) {
          onError(error);
        }
      }
    };
  };
  return {
    input: send("input"),
    action: send("action"),
    request: send("request"),
    webhook: send("webhook"),
    milestone: send("milestone"),
    agent: send("agent"),
  };
}
