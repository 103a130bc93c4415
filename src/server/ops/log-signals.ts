import type { Input } from "../../call/inputs.ts";
import type { Action, CallRecord, Label } from "../../call/types.ts";
import type { Log, LogFields } from "../../log/log.ts";
import { maskAddress } from "../../mask.ts";
import { phaseTimesOf } from "../../call/story.ts";
import { toAppError } from "../../errors.ts";
import type { Milestone, Signals } from "./signals.ts";

/** The transfer to this leg, or the open one. */
function transferOf(record: CallRecord, label: Label | null): string | undefined {
  const { transfers } = record;
  const about = transfers.find(({ target }) => target === label);
  return (about ?? transfers.findLast(({ outcome }) => outcome === null))?.id;
}

function inputDetails(input: Input): LogFields {
  switch (input.kind) {
    case "customer-called":
      return { from: input.number === "" ? "withheld" : maskAddress(input.number) };
    case "leg-ended":
      return { reason: input.end.answered ? "answered" : input.end.reason };
    case "participant-left":
      return { reason: input.because };
    case "conference-ended":
      return { by: input.endedBy };
    case "dial-failed":
    case "leg-refused":
      return { reason: input.reason };
    case "action-failed":
      return { action: input.action.kind, reason: input.message };
    case "twilio-surveyed":
      return { facts: input.found.facts.length };
    case "change-participant":
      return { by: "operator", change: input.change };
    case "start-transfer":
      return {
        by: input.by ?? "operator",
        to: typeof input.to === "string" ? input.to : maskAddress(input.to.address),
        mode: input.mode,
      };
    case "complete-transfer":
    case "cancel-transfer":
    case "end-call":
      return { by: input.by ?? "operator" };
    default:
      return {};
  }
}

const labelOf = (subject: Input | Action): Label | null => ("label" in subject ? subject.label : null);

function inputFields(record: CallRecord, input: Input): LogFields {
  const label = labelOf(input);
  return {
    transfer: transferOf(record, label),
    leg: label ?? undefined,
    input: input.kind,
    ...inputDetails(input),
  };
}

function actionFields(record: CallRecord, action: Action): LogFields {
  const label = labelOf(action);
  const fields = {
    call: record.id,
    transfer: transferOf(record, label),
    leg: label ?? undefined,
    action: action.kind,
  };
  return "value" in action ? { ...fields, value: action.value } : fields;
}

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
    case "message-left": {
      const { recording, url, seconds } = milestone.message;
      return ["message left", { call, recording, url, seconds }];
    }
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
