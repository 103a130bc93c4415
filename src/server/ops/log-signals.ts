import { phaseTimesOf } from "../../call/transfer-times.ts";
import type { Input } from "../../call/types.ts";
import { toAppError } from "../../errors.ts";
import type { Log, LogFields } from "../../log/log.ts";
import { actionFields, inputFields } from "./log-fields.ts";
import type { Milestone } from "./milestones.ts";
import type { Signals } from "./signals.ts";

/** Frequent inputs that rarely change anything. */
const ROUTINE = new Set<Input["kind"]>(["agents-changed", "deadline-passed", "twilio-surveyed"]);

const whole = (ms: number): number => Math.round(ms);

function milestoneLine(milestone: Milestone): [message: string, fields: LogFields] {
  const call = milestone.call.id;
  switch (milestone.kind) {
    case "call-answered":
      return ["call answered", { call, ms: whole(milestone.waitedMs) }];
    case "transfer-ended": {
      const { transfer, outcome } = milestone;
      const reason = outcome.kind === "failed" ? outcome.reason : undefined;
      const { id, from, to, target: leg, mode } = transfer;
      const { ringing, consulting, together } = phaseTimesOf(milestone.call, transfer);
      const times = { ringingMs: ringing, consultingMs: consulting, togetherMs: together };
      return [
        "transfer ended",
        { call, transfer: id, leg, from, to, mode, outcome: outcome.kind, reason, ...times },
      ];
    }
    case "call-ended":
      return ["call ended", { call, outcome: milestone.by, ms: whole(milestone.lastedMs) }];
  }
}

/** Logs each input, action, webhook and request. The code that handles a failure logs its reason. */
export function logSignals(log: Log): Signals {
  return {
    input(call, input, { record, actions, refusal }, isNews) {
      const isRoutine = ROUTINE.has(input.kind) && !isNews && actions.length === 0;
      const write = isRoutine ? log.debug : log.info;
      write("input", { call, ...inputFields(record, input), outcome: refusal?.code ?? "taken" });
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
    milestone: (milestone) => log.info(...milestoneLine(milestone)),
    agent: (agent, state) => log.info("agent", { agent, state }),
  };
}
