import type { CallRecord, Transfer } from "../../call/types.ts";
import type { TransferView } from "../control-api.ts";
import type { NameOf } from "../names.ts";

function stateOf(transfer: Transfer, call: CallRecord): TransferView["state"] {
  if (transfer.outcome) return "ended";
  const target = call.legs.find((leg) => leg.label === transfer.target);
  return target?.state === "joined" ? "joined" : "ringing";
}

export function transferView(transfer: Transfer, call: CallRecord, nameOf: NameOf): TransferView {
  const { id, from, to, target, outcome } = transfer;
  return {
    id,
    from,
    fromName: from === null ? null : nameOf(from),
    to,
    toName: nameOf(to),
    target,
    state: stateOf(transfer, call),
    outcome: outcome?.kind ?? null,
    reason: outcome?.kind === "failed" ? outcome.reason : null,
  };
}
