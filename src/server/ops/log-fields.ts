import type { Action, CallRecord, Input, Label } from "../../call/types.ts";
import type { LogFields } from "../../log/log.ts";
import { maskAddress } from "../../mask.ts";

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
      return { reason: input.reason };
    case "action-failed":
      return { action: input.action.kind, reason: input.message };
    case "twilio-surveyed":
      return { facts: input.found.facts.length };
    case "change-participant":
      return { by: "operator", change: input.change };
    case "start-transfer":
      return { by: input.by ?? "operator", to: input.to, mode: input.mode };
    case "complete-transfer":
    case "cancel-transfer":
    case "end-call":
      return { by: input.by ?? "operator" };
    default:
      return {};
  }
}

const labelOf = (subject: Input | Action): Label | null => ("label" in subject ? subject.label : null);

export function inputFields(record: CallRecord, input: Input): LogFields {
  const label = labelOf(input);
  return {
    transfer: transferOf(record, label),
    leg: label ?? undefined,
    input: input.kind,
    ...inputDetails(input),
  };
}

export function actionFields(record: CallRecord, action: Action): LogFields {
  const label = labelOf(action);
  const fields = {
    call: record.id,
    transfer: transferOf(record, label),
    leg: label ?? undefined,
    action: action.kind,
  };
  return "value" in action ? { ...fields, value: action.value } : fields;
}
