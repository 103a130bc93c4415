import type { Clock } from "../clock.ts";
import type { Invite, RingListener, Ringing } from "../line.ts";
import { type Handset, hangUp, openLine } from "./handset.ts";

/** Answers, or declines, after a while, as the habit says. @returns stops that */
function follow(handset: Handset, clock: Clock): () => void {
  const { habit, incoming } = handset;
  const act = (afterMs: number, fn: () => void): (() => void) => {
    const timer = clock.after(afterMs, fn);
    return () => timer.cancel();
  };
  if (habit.kind === "answers") return act(habit.afterMs, () => incoming?.answer());
  if (habit.kind === "declines") return act(habit.afterMs, () => incoming?.decline());
  if (habit.kind !== "answers-and-hangs-up") return () => {};
  return act(habit.afterMs, () => {
    incoming?.answer();
    const { line } = handset;
    clock.after(habit.talkMs, () => handset.line === line && hangUp(handset));
  });
}

/** A busy browser ignores a second call, so that it rings on; a busy phone says so. */
function refuses(handset: Handset, listener: RingListener): boolean {
  const isEngaged = handset.state.now !== "idle";
  const isBrowser = handset.address.startsWith("client:");
  if (isEngaged && isBrowser) listener.ringing();
  else if (isEngaged || handset.habit.kind === "busy") listener.busy();
  else if (handset.habit.kind === "unreachable") listener.unreachable();
  else if (handset.habit.kind === "frozen" && handset.missed++ % 2 === 0) listener.busy();
  else return false;
  return true;
}

/** Rings at a person. */
export function ringPerson(handset: Handset, invite: Invite, listener: RingListener, clock: Clock): Ringing {
  if (refuses(handset, listener)) return { cancel() {} };
  const { state } = handset;
  let stop = (): void => {};
  let isOver = false;
  const once = (fn: () => void) => (): void => {
    if (isOver) return;
    isOver = true;
    stop();
    handset.incoming = null;
    fn();
  };
  const answer = once(() => {
    const line = openLine(handset);
    state.set("talking");
    listener.answered(line);
  });
  const decline = once(() => {
    state.set("idle");
    listener.declined();
  });
  handset.incoming = { answer, decline };
  state.callSid = invite.callSid;
  state.set("ringing");
  listener.ringing();
  stop = follow(handset, clock);
  return { cancel: once(() => state.set("idle")) };
}
