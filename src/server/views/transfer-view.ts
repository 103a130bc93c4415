import { isSwapped } from "../../call/rules/transfers.ts";
import { phaseTimesOf, stretchesOf } from "../../call/transfer-times.ts";
import type { CallRecord, Transfer } from "../../call/types.ts";
import type { PhaseSeconds, TransferView } from "../control-api.ts";
import type { NameOf } from "../names.ts";

export function phaseSeconds(call: CallRecord, transfer: Transfer): PhaseSeconds {
  const { ringing, consulting, together } = phaseTimesOf(call, transfer);
  return { ringing: ringing / 1000, consulting: consulting / 1000, together: together / 1000 };
}

/** A transfer as the control API shows it. */
export function transferView(call: CallRecord, transfer: Transfer, nameOf: NameOf): TransferView {
  const { id, from, to, target, mode, phase, note = null, startedAt, outcome, endedAt } = transfer;
  const stretches = stretchesOf(call, transfer);
  return {
    id,
    from,
    fromName: from === null ? null : nameOf(from),
    to,
    toName: nameOf(to),
    target,
    mode,
    phase,
    isSwapped: isSwapped(transfer),
    note,
    startedAt,
    endedAt,
    phaseSince: endedAt ?? stretches.find((stretch) => stretch.phase === phase)?.from ?? startedAt,
    phaseSeconds: phaseSeconds(call, transfer),
    outcome: outcome?.kind ?? null,
    reason: outcome?.kind === "failed" ? outcome.reason : null,
  };
}
