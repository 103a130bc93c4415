import type { DialVerb, QueueNoun } from "../twiml/verbs.ts";
import type { Hook } from "../types.ts";
import type { QueueState } from "../world/queue-state.ts";
import { LONGEST_QUEUE_NAME, queueNamed } from "../world/queues.ts";
import { bridge, unbridge } from "./bridge.ts";
import { answerCaller } from "./connect-leg.ts";
import { warn } from "./core.ts";
import { greet } from "./dial-child.ts";
import type { QueuePlace } from "./leg.ts";
import { startSound } from "./leg-sound.ts";
import { queueFields, takeFront } from "./queue-place.ts";
import { ringback } from "./ringback.ts";
import { type DialListener, type Run, resolveUrl } from "./run.ts";

type Fields = Record<string, string>;

/** Why there is nobody to be dialled, with Twilio's code where it has one. */
function refusal(
  { name }: QueueNoun,
  queue: QueueState | undefined,
): { code: number; message: string } | null {
  if (name === "") return { code: 14212, message: "<Queue> needs a name" };
  if (name.length > LONGEST_QUEUE_NAME)
    return { code: 14213, message: `The name of a queue has at most ${LONGEST_QUEUE_NAME} characters` };
  return queue ? null : { code: 20404, message: `There is no queue '${name}'` };
}

/** The front of the queue, or who joins next; null when nobody comes in time. */
function nextMember(run: Run, queue: QueueState, timeoutSeconds: number): Promise<QueuePlace | null> {
  const { core, signal } = run;
  const front = takeFront(core, queue);
  if (front) return Promise.resolve(front);
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      timer.cancel();
      core.queueDials.delete(dial);
      signal.removeEventListener("abort", abort);
    };
    const abort = (): void => {
      stop();
      reject(signal.reason as Error);
    };
    const dial = {
      queue,
      take(place: QueuePlace) {
        stop();
        resolve(place);
      },
    };
    const timer = core.clock.after(timeoutSeconds * 1_000, () => {
      stop();
      resolve(null);
    });
    core.queueDials.add(dial);
    signal.addEventListener("abort", abort, { once: true });
  });
}

/** Plays the noun's document to the queued caller. @returns whether both may be connected */
async function announce(run: Run, hook: Hook | null, place: QueuePlace): Promise<boolean> {
  if (!hook) return true;
  const { call } = place.leg;
  const gone = new AbortController();
  place.onGone = () => gone.abort();
  const params = { ...queueFields(run.core, place), DequeingCallSid: run.leg.call.sid };
  const letGo = (): void => {
    gone.abort();
    place.finish("bridging-in-process");
  };
  run.signal.addEventListener("abort", letGo, { once: true });
  const isConnectable = await greet(run.core, place.leg, { ...hook, params }, gone.signal);
  run.signal.removeEventListener("abort", letGo);
  run.signal.throwIfAborted();
  if (isConnectable) return call.status === "in-progress" && place.leg.queued === place;
  if (!gone.signal.aborted) place.finish("error");
  return false;
}

/** Connects both until one leaves. */
function talk(run: Run, dial: DialVerb, place: QueuePlace, on: DialListener): Promise<Fields> {
  const { core, leg, signal } = run;
  const since = core.clock.now();
  const fields = (): Fields => ({
    DialCallStatus: "completed",
    DialCallSid: place.leg.call.sid,
    DialBridged: "true",
    DialCallDuration: String(Math.round((core.clock.now() - since) / 1_000)),
  });
  answerCaller(core, leg);
  return new Promise<Fields>((resolve, reject) => {
    const abort = (): void => {
      on.stopped(fields());
      reject(signal.reason as Error);
      unbridge(leg);
    };
    signal.addEventListener("abort", abort, { once: true });
    const timer = core.clock.after(dial.timeLimit * 1_000, () => unbridge(leg));
    leg.onDigits = (digits) => dial.hangupOnStar && digits.includes("*") && unbridge(leg);
    place.stage = "bridged";
    const parted = (): void => {
      timer.cancel();
      signal.removeEventListener("abort", abort);
      if (place.leg.queued === place) place.finish("bridged");
      core.turns.later(() => resolve(fields()));
    };
    bridge(leg, place.leg, parted);
    on.connected();
  }).finally(() => (leg.onDigits = null));
}

/**
 * `<Dial><Queue>` (www.twilio.com/docs/voice/twiml/queue): connects the one at the front, or waits for the next to join.
 * The caller hears ringing meanwhile. One who hangs up before being connected is followed by the next.
 * @returns the fields of the action's request
 */
export async function dialQueue(
  run: Run,
  dial: DialVerb,
  noun: QueueNoun,
  on: DialListener,
): Promise<Fields> {
  const { core, leg } = run;
  const queue = queueNamed(core.world, noun.name);
  const refused = refusal(noun, queue);
  if (refused || !queue) {
    warn(core, { callSid: leg.call.sid, code: 20404, message: "", ...refused, url: run.documentUrl });
    return { DialCallStatus: "failed" };
  }
  const hook = noun.url === null ? null : { url: resolveUrl(run, noun.url), method: noun.method };
  const tone = startSound(leg, "base", { kind: "ringing", clip: ringback() });
  try {
    for (;;) {
      const place = await nextMember(run, queue, dial.timeout);
      if (!place) return { DialCallStatus: "no-answer" };
      if (!(await announce(run, hook, place))) continue;
      tone();
      return await talk(run, dial, place, on);
    }
  } finally {
    tone();
  }
}
