import { describe, expect, it } from "vitest";
import type { Control } from "../../../src/cli/control/control.ts";
import { followTransfer } from "../../../src/cli/control/follow-transfer.ts";
import type { Watched } from "../../../src/cli/control/watch.ts";
import type { CallView, TransferView } from "../../../src/server/control-api.ts";
import { callView, transferView } from "../../support/views.ts";

const transfer = (id: string, phase: TransferView["phase"], to = "agent2"): TransferView =>
  transferView({ id, phase, to, toName: to, target: `${to}-1` });

const call = (...transfers: TransferView[]): CallView =>
  callView({ transfer: transfers.at(-1) ?? null, transfers });

async function follow(first: TransferView, after: CallView, events: Watched[]) {
  const control = { call: async () => after } as unknown as Control;
  const stream = (async function* () {
    for (const event of events) yield await Promise.resolve(event);
  })();
  return followTransfer(control, stream, call(first), first, () => undefined);
}

/** After a broken connection there may have been more than one transfer. */
describe("a transfer after which its call had another one", () => {
  const first = transfer("1", "ringing");
  const later = transfer("2", "ringing", "agent3");

  it("has the outcome from its call's list of transfers", async () => {
    const failed = { ...first, phase: "ended", outcome: "failed", reason: "busy" } as const;
    const completed = { ...later, phase: "ended", outcome: "completed" } as const;
    const after = call(failed, later);
    expect(await follow(first, after, [{ event: "snapshot", data: { calls: [after] } }])).toMatchObject({
      transfer: failed,
    });
    const last = call(failed, completed, transfer("3", "ringing"));
    expect(await follow(later, last, [{ event: "snapshot", data: { calls: [] } }])).toMatchObject({
      transfer: completed,
    });
  });

  it("is followed while it is open, whatever happens in other calls", async () => {
    const open = call(first);
    const other: CallView = { ...call(later), id: "CA2" };
    const events: Watched[] = [
      { event: "snapshot", data: { calls: [open] } },
      { event: "call", data: other },
      { event: "call", data: open },
    ];
    expect(await follow(first, open, events)).toBeUndefined();
  });
});
