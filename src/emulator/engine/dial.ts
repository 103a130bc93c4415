import type { DialVerb } from "../twiml/verbs.ts";
import { dialConference } from "./dial-conference.ts";
import { dialTargets } from "./dial-targets.ts";
import { answerCaller } from "./connect-leg.ts";
import { NEXT, type Run, type Step, resolveUrl } from "./run.ts";

/** What a `<Dial>` came to, as fields of its action's request. */
export type DialResult = Record<string, string>;

/** `<Dial>`: with `action` the document goes on there, else with the next verb. */
export async function runDial(run: Run, dial: DialVerb): Promise<Step> {
  const action = dial.action === null ? null : resolveUrl(run, dial.action);
  if (dial.conference || !dial.answerOnBridge) answerCaller(run.core, run.leg);
  const result = dial.conference
    ? await dialConference(run, dial, dial.conference)
    : await dialTargets(run, dial);
  if (action === null || result === null) return NEXT;
  return { kind: "document", request: { kind: "action", url: action, method: dial.method, params: result } };
}
