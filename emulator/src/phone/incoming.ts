import type { Device, Invite, RingListener, Ringing } from "../line.ts";
import { type Phone, type PhoneCall, createCall, endCall } from "./phone.ts";

function take(phone: Phone, call: PhoneCall, listener: RingListener, sdp: string): void {
  try {
    call.leg.accept(sdp);
  } catch {
    endCall(phone, call, "failed");
    return listener.unreachable();
  }
  delete call.answer;
  delete call.decline;
  call.state = "open";
  phone.send({ type: "answered", sdp: null });
  listener.answered(call.line);
}

function present(phone: Phone, call: PhoneCall, invite: Invite, listener: RingListener, sdp: string): void {
  call.answer = (answer) => take(phone, call, listener, answer);
  call.decline = () => {
    endCall(phone, call, "completed");
    listener.declined();
  };
  phone.send({ type: "incoming", from: invite.from, sdp });
  listener.ringing();
}

/** Makes the phone ring; undefined if it is busy, or if the caller has given up. */
async function startRinging(
  phone: Phone,
  invite: Invite,
  listener: RingListener,
  isWanted: () => boolean,
): Promise<PhoneCall | undefined> {
  const leg = await phone.legs.make();
  const offer = await leg.offer();
  if (!isWanted() || phone.call) {
    leg.close();
    if (isWanted()) listener.busy();
    return undefined;
  }
  const call = createCall(phone, leg);
  phone.call = call;
  present(phone, call, invite, listener, offer);
  return call;
}

/** The phone as a device that can be rung; busy while it is in a call. */
export function createPhoneDevice(phone: Phone): Device {
  return {
    address: phone.ownNumber,
    ring(invite, listener): Ringing {
      let isWanted = true;
      let ringing: PhoneCall | undefined;
      startRinging(phone, invite, listener, () => isWanted).then(
        (call) => (ringing = call),
        () => listener.unreachable(),
      );
      return {
        cancel() {
          isWanted = false;
          if (ringing?.answer) endCall(phone, ringing, "canceled");
        },
      };
    },
  };
}
