import type { Input } from "../../call/types.ts";
import { toAppError } from "../../errors.ts";
import type { Log, LogFields } from "../../log/log.ts";
import { actionFields, inputFields } from "./log-fields.ts";
import type { Milestone } from "./milestones.ts";
import type { Signals } from "./signals.ts";

/** Frequent inputs that mostly change nothing. */
const QUIET = new Set<Input["kind"]>(["agents-changed", "deadline-passed", "twilio-surveyed"]);

const whole = (ms: number): number => Math.round(ms);

function milestoneLine(reached: Milestone): [message: string, fields: LogFields] {
  const call = reached.call.id;
  switch (reached.kind) {
    case "call-answered":
      return ["call answered", { call, ms: whole(reached.waitedMs) }];
    case "transfer-ended": {
      const { transfer, outcome } = reached;
      const reason = outcome.kind === "failed" ? outcome.reason : undefined;
      const { id, from, to, target: leg } = transfer;
      return ["transfer ended", { call, transfer: id, leg, from, to, outcome: outcome.kind, reason }];
    }
    case "call-ended":
      return ["call ended", { call, outcome: reached.by, ms: whole(reached.lastedMs) }];
  }
}

/** Logs each input, action, webhook and request. Whoever handles a failure logs its reason. */
export function logSignals(log: Log): Signals {
  return {
    input(call, input, { record, actions, refusal }, isNews) {
      const isRoutine = QUIET.has(input.kind) && !isNews && actions.length === 0;
      const say = isRoutine ? log.debug : log.info;
      say("input", { call, ...inputFields(record, input), outcome: refusal?.code ?? "taken" });
    },
    action(record, action, error, ms) {
      const failure =
        error === undefined ? { outcome: "done" } : { outcome: "failed", reason: toAppError(error).message };
      log.info("action", { ...actionFields(record, action), ...failure, ms: whole(ms) });
    },
    request({ operation, code, ms }) {
      (code === "ok" ? log.debug : log.info)("request", { operation, code, ms: whole(ms) });
    },
    webhook({ route, status, ms }) {
      (status < 400 ? log.debug : log.info)("webhook", { route, status, ms: whole(ms) });
    },
    milestone: (reached) => log.info(...milestoneLine(reached)),
    agent: (agent, state) => log.info("agent", { agent, state }),
  };
}
