import { MOST_TARGETS } from "../twiml/dial-verb.ts";
import type { DialTarget, DialVerb } from "../twiml/verbs.ts";
import { secondsOf } from "../world/calls.ts";
import { detectMachine } from "./answering-machine.ts";
import { bridge, unbridge } from "./bridge.ts";
import { answerCaller } from "./connect-leg.ts";
import { type Callee, greetChild, newCallees } from "./dial-child.ts";
import { endLeg } from "./end-leg.ts";
import type { Leg } from "./leg.ts";
import { startSound } from "./leg-sound.ts";
import { ringback } from "./ringback.ts";
import { ringLeg } from "./ring-leg.ts";
import type { DialListener, Run } from "./run.ts";

type Fields = Record<string, string>;

const stopChild = (run: Run, child: Leg): void =>
  endLeg(run.core, child, { status: child.call.status === "in-progress" ? "completed" : "canceled" });

function resultOf(run: Run, child: Leg, wasBridged: boolean): Fields {
  const { status, sid } = child.call;
  const fields: Fields = { DialCallSid: sid, DialBridged: String(wasBridged) };
  // A redirected called side is still in progress, but the <Dial> is over.
  fields.DialCallStatus = status === "in-progress" ? "completed" : status;
  if (/^sips?:/i.test(child.call.to)) {
    const { sipResponseCode, answeredAt } = child.call;
    fields.DialSipResponseCode = String(sipResponseCode ?? (answeredAt === null ? 487 : 200));
    fields.DialSipCallId = `${sid.slice(2)}@0.0.0.0`;
  }
  if (wasBridged) fields.DialCallDuration = String(secondsOf(child.call, run.core.clock.now()));
  for (const [name, value] of Object.entries(child.returned)) fields[`ReturnParam_${name}`] = value;
  return fields;
}

function ringCallee({ core, leg }: Run, dial: DialVerb, callee: Callee, accept: () => void): void {
  const { child, detection, target } = callee;
  const { parameters, copyParentTo } = target;
  ringLeg(core, child, {
    timeoutSeconds: dial.timeout,
    parameters,
    calledAs: copyParentTo ? leg.call.to : undefined,
    onAnswered() {
      if (detection) detectMachine(core, child, detection);
      accept();
    },
  });
}

const RANK = ["busy", "no-answer", "failed", "canceled"];

/** Rings all targets; the first to accept wins, and the others are cancelled. */
function dialGroup(run: Run, dial: DialVerb, targets: readonly DialTarget[], on: DialListener) {
  const { core, leg } = run;
  return new Promise<Fields>((settle, reject) => {
    const resolve = (fields: Fields): void => {
      run.signal.removeEventListener("abort", abort);
      core.turns.later(() => settle(fields));
    };
    const callees = newCallees(run, dial, targets);
    const failed: Leg[] = [];
    let winner: Leg | null = null;
    const talk = (child: Leg): void => {
      answerCaller(core, leg);
      const timer = core.clock.after(dial.timeLimit * 1_000, () => stopChild(run, child));
      bridge(leg, child, () => {
        timer.cancel();
        resolve(resultOf(run, child, true));
      });
      on.connected();
      leg.onDigits = (digits) => dial.hangupOnStar && digits.includes("*") && stopChild(run, child);
    };
    const connect = (child: Leg, may: boolean): void => {
      if (may && child.call.status === "in-progress") talk(child);
      else stopChild(run, child);
    };
    const accept = (callee: Callee): void => {
      const { child, whisper } = callee;
      winner = child;
      for (const other of callees) if (other.child !== child) stopChild(run, other.child);
      // At once, so that none of an application's first sentence is lost.
      if (!whisper) return connect(child, true);
      void greetChild(core, child, whisper).then((may) => connect(child, may));
    };
    const ended = (child: Leg): void => {
      unbridge(child);
      failed.push(child);
      if (child === winner) resolve(resultOf(run, child, false));
      if (winner || failed.length < callees.length) return;
      const [worst] = failed.toSorted((a, b) => RANK.indexOf(a.call.status) - RANK.indexOf(b.call.status));
      resolve(resultOf(run, worst ?? child, false));
    };
    const abort = (): void => {
      reject(run.signal.reason as Error);
      const wasBridged = leg.bridge !== null;
      for (const { child } of callees) stopChild(run, child);
      unbridge(leg);
      const told = winner ?? callees[0]?.child;
      if (told) on.stopped(resultOf(run, told, wasBridged));
    };
    run.signal.addEventListener("abort", abort, { once: true });
    for (const callee of callees) {
      callee.child.onEnd.add(() => ended(callee.child));
      ringCallee(run, dial, callee, () => accept(callee));
    }
  }).finally(() => (leg.onDigits = null));
}

/**
 * `<Dial>` with `<Client>`, `<Number>`, `<Sip>` and `<Application>`: resolves when the called side has left or no one answered.
 * The caller hears ringing meanwhile; with answerOnBridge its own call still rings.
 * @returns the fields of the action's request
 */
export async function dialTargets(run: Run, dial: DialVerb, on: DialListener): Promise<Fields> {
  const groups = dial.sequential
    ? dial.targets.map((target) => [target])
    : [dial.targets.slice(0, MOST_TARGETS)];
  let result: Fields = { DialCallStatus: "failed" };
  const tone = startSound(run.leg, "base", { kind: "ringing", clip: ringback() });
  const connected = (): void => {
    tone();
    on.connected();
  };
  try {
    for (const group of groups) {
      if (group.length === 0) continue;
      result = await dialGroup(run, dial, group, { ...on, connected });
      if (["completed", "answered"].includes(result.DialCallStatus ?? "")) break;
    }
  } finally {
    tone();
  }
  return result;
}
