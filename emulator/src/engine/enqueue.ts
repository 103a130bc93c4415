import type { EnqueueVerb } from "../twiml/verbs.ts";
import type { Hook } from "../types.ts";
import type { QueueState } from "../world/queue-state.ts";
import { LONGEST_QUEUE_NAME, openQueue, queueNamed } from "../world/queues.ts";
import { isOver } from "../world/calls.ts";
import { actionOf } from "./action.ts";
import { unbridge } from "./bridge.ts";
import { warn } from "./core.ts";
import type { QueuePlace, QueueResult } from "./leg.ts";
import { joinQueue, leaveQueue, offerMember, queueFields } from "./queue-place.ts";
import { startQueueMusic } from "./queue-wait.ts";
import { type Run, type Step, resolveUrl } from "./run.ts";

type Fields = Record<string, string>;

/** www.twilio.com/docs/api/errors/14204 and 14205 */
function badName({ name }: EnqueueVerb): { code: number; message: string } | null {
  if (name === "") return { code: 14204, message: "<Enqueue> needs a name" };
  if (name.length <= LONGEST_QUEUE_NAME) return null;
  return { code: 14205, message: `The name of a queue has at most ${LONGEST_QUEUE_NAME} characters` };
}

function waitHook(run: Run, { waitUrl, waitMethod }: EnqueueVerb): Hook | null {
  if (waitUrl === null) return null;
  return { url: waitUrl === "" ? "" : resolveUrl(run, waitUrl), method: waitMethod };
}

/** The result for a caller who has gone or been redirected. */
function resultOf({ leg, stage }: QueuePlace): QueueResult {
  if (isOver(leg.call)) return stage === "bridged" ? "bridged" : "hangup";
  return stage === "bridged" ? "redirected-from-bridged" : "redirected";
}

/** Resolves with the result of a wait that ended by itself; `stopped` gets that of a call that ended or was redirected. */
function waitInQueue(
  run: Run,
  verb: EnqueueVerb,
  queue: QueueState,
  stopped: (fields: Fields) => void,
): Promise<Fields> {
  const { core, leg, signal } = run;
  const hook = waitHook(run, verb);
  const music = new AbortController();
  return new Promise((resolve, reject) => {
    const fieldsOf = (QueueResult: QueueResult): Fields => ({ QueueResult, ...queueFields(core, place) });
    const finish = (result: QueueResult): void => {
      if (leg.queued !== place) return;
      signal.removeEventListener("abort", abort);
      leaveQueue(core, place);
      core.turns.later(() => resolve(fieldsOf(result)));
    };
    const abort = (): void => {
      const fields = fieldsOf(resultOf(place));
      leaveQueue(core, place);
      unbridge(leg);
      place.onGone?.();
      stopped(fields);
      reject(signal.reason as Error);
    };
    const place = joinQueue(core, leg, queue, { stopMusic: () => music.abort(), finish });
    signal.addEventListener("abort", abort, { once: true });
    startQueueMusic(run, place, hook, music.signal);
    offerMember(core, place);
  });
}

/** Without a place in the queue: why. */
async function enqueue(run: Run, verb: EnqueueVerb, stopped: (fields: Fields) => void): Promise<Fields> {
  const { core, leg } = run;
  const bad = badName(verb);
  if (bad) {
    warn(core, { callSid: leg.call.sid, ...bad, url: run.documentUrl });
    return { QueueResult: "error" };
  }
  const { name: friendlyName, maxQueueSize } = verb;
  const live = queueNamed(core.world, friendlyName);
  const size = Math.min(maxQueueSize ?? Infinity, live?.maxSize ?? Infinity);
  if (live && live.members.size >= size) return { QueueResult: "queue-full" };
  const settings = { friendlyName, maxSize: maxQueueSize ?? undefined };
  return waitInQueue(run, verb, live ?? openQueue(core.world, settings, core.clock.now()), stopped);
}

/** `<Enqueue>`: with `action` the document goes on there, else with the next verb. */
export async function runEnqueue(run: Run, verb: EnqueueVerb): Promise<Step> {
  const action = actionOf(run, verb, () => true);
  return action.goOn(await enqueue(run, verb, (result) => action.tell(result)));
}
