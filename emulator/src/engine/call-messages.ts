import type { CallMessage } from "../line.ts";
import type { CallState, Hook } from "../types.ts";
import { rfc2822 } from "../webhooks/timestamp.ts";
import { farEndOf, isOfApplication } from "../world/calls.ts";
import { MESSAGE_CONTENT_TYPE, type MessageState, type Subscription } from "../world/message-state.ts";
import { newSid } from "../world/sids.ts";
import { type Core, warn } from "./core.ts";
import { TwilioError } from "./engine.ts";
import type { Leg } from "./leg.ts";
import { deliver } from "./notify.ts";

/** @throws TwilioError 31211 unless a browser rings or is in the call */
function browserLeg(core: Core, call: CallState): Leg {
  const leg = core.legs.get(call.sid);
  const isActive = call.status === "ringing" || call.status === "in-progress";
  // An application's own call has the address of whom it talks with, and no page.
  const isBrowser = !isOfApplication(call) && farEndOf(call).startsWith("client:");
  if (leg && isActive && isBrowser) return leg;
  const why = isActive ? "it is no call of a browser" : `it is ${call.status}`;
  throw new TwilioError(31211, `Call is not in the expected state: ${why}`);
}

/** What was made with the key before, or a new one. */
function once(leg: Leg, key: string | undefined, make: () => MessageState): MessageState {
  const { madeWithKey } = leg.messages;
  const made = (key && madeWithKey.get(key)) || make();
  if (key) madeWithKey.set(key, made);
  return made;
}

/** CreateUserDefinedMessage. */
export function sendMessage(core: Core, call: CallState, content: unknown, key?: string): MessageState {
  const leg = browserLeg(core, call);
  return once(leg, key && `message ${key}`, () => {
    const [sid, callSid, at] = [newSid("KX"), call.sid, core.clock.now()];
    const message = { sid, contentType: MESSAGE_CONTENT_TYPE, content };
    leg.ringing?.message?.(message);
    leg.line?.message?.(message);
    const text = JSON.stringify(content);
    core.emit({ kind: "message", callSid, sid, to: "page", content: text, subscriptions: null, at });
    return { sid, callSid, dateCreated: at };
  });
}

/** CreateUserDefinedMessageSubscription. */
export function subscribe(core: Core, call: CallState, callback: Hook, key?: string): MessageState {
  const leg = browserLeg(core, call);
  return once(leg, key && `subscription ${key}`, () => {
    const [sid, dateCreated] = [newSid("ZY"), core.clock.now()];
    const made = { sid, callSid: call.sid, dateCreated, callback, delivered: Promise.resolve() };
    leg.messages.subscriptions.set(sid, made);
    return made;
  });
}

/** DeleteUserDefinedMessageSubscription. */
export function unsubscribe(core: Core, call: CallState, sid: string): boolean {
  return core.legs.get(call.sid)?.messages.subscriptions.delete(sid) ?? false;
}

/** Sends a message to one callback, after the one before was answered or has failed. */
function forward(core: Core, subscription: Subscription, params: Record<string, string>): void {
  const { callback: hook, callSid, delivered } = subscription;
  const notice = { kind: "user-defined-message", hook, params, callSid, conferenceSid: null } as const;
  const inTurn = core.turns.pause(delivered).then(() => deliver(core, notice));
  subscription.delivered = core.turns.track(inTurn);
}

/** A page's message: www.twilio.com/docs/voice/sdks/call-message-events. */
export function receiveMessage(
  core: Core,
  callSid: string,
  { sid, contentType, content }: CallMessage,
): void {
  const leg = core.legs.get(callSid);
  if (!leg) return;
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    const message = `A page's message is ${contentType}: it goes nowhere`;
    return warn(core, { callSid, code: 32701, message });
  }
  const [text, at] = [JSON.stringify(content), core.clock.now()];
  const subscriptions = [...leg.messages.subscriptions.values()];
  const params = {
    AccountSid: core.world.account.accountSid,
    CallSid: callSid,
    Sid: sid,
    SequenceNumber: String(++leg.messages.received),
    ContentType: contentType,
    Content: text,
    Timestamp: rfc2822(at),
  };
  core.emit({
    kind: "message",
    callSid,
    sid,
    to: "app",
    content: text,
    subscriptions: subscriptions.length,
    at,
  });
  for (const each of subscriptions)
    core.outbox.add({ place: null, conferenceSid: null, send: () => forward(core, each, params) });
}
