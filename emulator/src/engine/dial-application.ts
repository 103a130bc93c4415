import type { Caller, Device, Invite, Line, LineListener, RingListener, Ringing } from "../line.ts";
import { createPortPair } from "../media/port-pair.ts";
import { isOfApplication } from "../world/calls.ts";
import { type Core, warn } from "./core.ts";
import { rootOf } from "./counterpart.ts";

const NOBODY: LineListener = { hungUp() {}, digits() {}, audioReplaced() {} };

/** How many calls of applications one call may lead to, if applications dial applications: a circle would never end. */
const MOST_CALLS = 100;

/** Twilio's "Call concurrency limit exceeded". */
const TOO_MANY = 10004;

/** Whether an application's own call dials, and too many calls have come of the first one. */
function isCircle({ world }: Core, { callSid }: Invite): boolean {
  const dialling = world.calls.get(callSid);
  const parent = world.calls.get(dialling?.parentCallSid ?? "");
  if (!dialling || !parent || !isOfApplication(parent)) return false;
  const root = rootOf(world, dialling);
  const ofApplications = [...world.calls.values()].filter(
    (call) => isOfApplication(call) && rootOf(world, call) === root,
  );
  return ofApplications.length >= MOST_CALLS;
}

/** Connects the call that rings with an incoming call of the application's own, as two phones are connected. */
function ring(core: Core, sid: string, invite: Invite, listener: RingListener): Ringing {
  const [dialling, own] = createPortPair();
  let isAnswered = false;
  const ownLine: Line = {
    audio: own,
    listener: NOBODY,
    hangUp() {},
    caption: (sentence) => core.legs.get(invite.callSid)?.bridge?.other.line?.caption(sentence),
  };
  const hangUp = (): void => ownLine.listener.hungUp();
  const line: Line = { audio: dialling, listener: NOBODY, hangUp, caption() {} };
  const ended = (status: Parameters<Caller["ended"]>[0]): void => {
    if (isAnswered) line.listener.hungUp();
    else if (status === "busy") listener.busy();
    else if (status === "failed") listener.unreachable();
    else listener.unanswered?.();
  };
  const { callSid: dialledBy, accountSid: CustomerId, parameters } = invite;
  core.receiveCall({
    from: invite.from,
    to: invite.calledAs ?? sid,
    application: { sid, dialledBy, parameters: { CustomerId, ...parameters } },
    line: ownLine,
    ringing: () => listener.ringing(),
    answered() {
      isAnswered = true;
      listener.answered(line);
    },
    ended,
  });
  return { cancel: hangUp };
}

/** An application as whom a call rings. @param address `app:AP…` */
export function applicationAt(core: Core, address: string): Device {
  const sid = address.replace(/^app:/, "");
  const refuse = (invite: Invite, code: number, message: string): void =>
    warn(core, { callSid: invite.callSid, code, message });
  return {
    address,
    ring(invite, listener) {
      if (!core.world.applications.has(sid)) {
        refuse(invite, 21218, `There is no application ${sid} in this account`);
        listener.unreachable();
      } else if (isCircle(core, invite)) {
        refuse(invite, TOO_MANY, `The applications dial each other: ${MOST_CALLS} calls came of one`);
        listener.unreachable();
      } else return ring(core, sid, invite, listener);
      return { cancel() {} };
    },
  };
}
