import { type Phone, type PhoneCall, createCall, endCall } from "./phone.ts";
import type { FromPhone } from "./protocol.ts";

type Order = Extract<FromPhone, { type: "call" }>;

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function ring(phone: Phone, call: PhoneCall, to: string, answer: string): void {
  phone.engine.receiveCall({
    from: phone.ownNumber,
    to,
    line: call.line,
    ringing: (callSid) => phone.send({ type: "ringing", callSid }),
    answered() {
      call.state = "open";
      phone.send({ type: "answered", sdp: answer });
    },
    ended: (status) => endCall(phone, call, status),
  });
}

/** The person at the phone rings a number of the emulator. What is refused ends the call with a reason. */
export async function placeCall(phone: Phone, { to, sdp }: Order): Promise<void> {
  const leg = await phone.legs.make();
  const refuse = (thrown: unknown): void => {
    leg.close();
    phone.send({ type: "ended", status: "failed", reason: reasonOf(thrown) });
  };
  let answer: string;
  try {
    answer = await leg.answer(sdp);
  } catch (thrown) {
    return refuse(thrown);
  }
  // A call may have come in meanwhile.
  if (phone.call) return refuse("This phone is in a call already.");
  const call = createCall(phone, leg);
  phone.call = call;
  try {
    ring(phone, call, to, answer);
  } catch (thrown) {
    endCall(phone, call, "failed", reasonOf(thrown));
  }
}
