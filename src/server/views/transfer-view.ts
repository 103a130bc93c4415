import type { Transfer } from "../../call/types.ts";
import type { TransferView } from "../control-api.ts";
import type { NameOf } from "../names.ts";

/** A transfer as the control API shows it. */
export function transferView(transfer: Transfer, nameOf: NameOf): TransferView {
  const { id, from, to, target, mode, phase, isSwapped = false, note = null, outcome } = transfer;
  return {
    id,
    from,
    fromName: from === null ? null : nameOf(from),
    to,
    toName: nameOf(to),
    target,
    mode,
    phase,
    isSwapped,
    note,
    outcome: outcome?.kind ?? null,
    reason: outcome?.kind === "failed" ? outcome.reason : null,
  };
}
