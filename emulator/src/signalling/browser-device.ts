import type { Device, Invite } from "../line.ts";
import { type BrowserCall, createCall, endCall, tellPage } from "./browser-call.ts";
import type { Connection } from "./connection.ts";
import { signallingErrors } from "./errors.ts";
import type { Signalling } from "./signalling.ts";

/** Custom parameters as the SDK reads them: it decodes the values and leaves the keys as they come. */
function customParameters({ parameters }: Invite): { Params?: string } {
  const pairs = Object.entries(parameters).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return pairs.length > 0 ? { Params: pairs.join("&") } : {};
}

/** Makes the call ring on the device that it is for now; also again, after the device was away. */
export function sendInvite(call: BrowserCall): void {
  const { invite, reconnect, sdp } = call;
  call.connection?.send("invite", {
    callsid: invite.callSid,
    sdp,
    reconnect,
    parameters: {
      CallSid: invite.callSid,
      From: invite.from,
      To: invite.to,
      AccountSid: invite.accountSid,
      ApiVersion: "2010-04-01",
      ...customParameters(invite),
    },
  });
}

async function offer({ legs, calls }: Signalling, call: BrowserCall): Promise<void> {
  try {
    const leg = await legs.make();
    call.sdp = await leg.offer();
    // The caller may have given up meanwhile.
    if (call.state === "ended") return leg.close();
    call.leg = leg;
    sendInvite(call);
    call.ringListener.ringing();
  } catch {
    endCall(calls, call, "hangup", signallingErrors.connection);
    call.ringListener.unreachable();
  }
}

/** A registered device as the engine sees it. */
export function createBrowserDevice(
  signalling: Signalling,
  connection: Connection,
  identity: string,
): Device {
  const { calls } = signalling;
  return {
    address: `client:${identity}`,
    ring(invite, listener) {
      const call = createCall(invite, identity, listener, connection);
      calls.add(call);
      void offer(signalling, call);
      return {
        cancel: () => call.state === "ringing" && endCall(calls, call, "cancel"),
        message: (message) => tellPage(call, message),
      };
    },
  };
}
