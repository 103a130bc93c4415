import { type BrowserCall, endCall } from "./browser-call.ts";
import type { Connection } from "./connection.ts";
import { unregister } from "./registration.ts";
import type { Signalling } from "./signalling.ts";

function giveUp({ calls }: Signalling, call: BrowserCall): void {
  const wasOpen = call.state === "open";
  endCall(calls, call, "nothing");
  if (wasOpen) call.line?.listener.hungUp();
  else call.ringListener.unreachable();
}

/** A device's socket has closed. Its calls wait for it, because the SDK reconnects when the network is back. */
export function goneAway(signalling: Signalling, connection: Connection): void {
  connection.expiry?.cancel();
  unregister(connection);
  for (const call of signalling.calls) {
    if (call.connection !== connection) continue;
    call.connection = null;
    call.grace = signalling.clock.after(signalling.lostAfterMs, () => giveUp(signalling, call));
  }
}
