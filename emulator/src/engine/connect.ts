import type { ConnectVerb } from "../twiml/verbs.ts";
import { isOver } from "../world/calls.ts";
import { actionOf } from "./action.ts";
import { connectRelay } from "./relay-session.ts";
import type { Run, Step } from "./run.ts";
import { connectStream } from "./stream-verbs.ts";

type Fields = Record<string, string>;

/** Resolves with the action's fields when it has ended; rejects when the run is stopped, after `onAbort`. */
function connect(run: Run, { noun }: ConnectVerb, onAbort: (fields: Fields) => void): Promise<Fields> {
  const { core, signal } = run;
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
      connection.stop();
    };
    const end = (fields: Fields): void => {
      signal.removeEventListener("abort", abort);
      if (signal.aborted) onAbort(fields);
      else core.turns.later(() => resolve(fields));
    };
    const connection =
      "stream" in noun ? connectStream(run, noun.stream, () => end({})) : connectRelay(run, noun.relay, end);
    signal.addEventListener("abort", abort, { once: true });
  });
}

/** `<Connect>`: the document goes on, at `action` or with the next verb, when the app ends the connection. */
export async function runConnect(run: Run, verb: ConnectVerb): Promise<Step> {
  const action = actionOf(run, verb, () => isOver(run.leg.call));
  return action.goOn(await connect(run, verb, (aborted) => action.tell(aborted)));
}
