import type { DialVerb } from "../twiml/verbs.ts";
import { isOver } from "../world/calls.ts";
import { callFields } from "./call-fields.ts";
import { dialConference } from "./dial-conference.ts";
import { dialTargets } from "./dial-targets.ts";
import { answerCaller } from "./connect-leg.ts";
import { type DocumentRequest, NEXT, type Run, type Step, resolveUrl } from "./run.ts";

/** What a `<Dial>` came to, as fields of its action's request. */
export type DialResult = Record<string, string>;

/**
 * The action is requested when the `<Dial>` ends (www.twilio.com/docs/voice/twiml/dial), also when it ends with the
 * caller's call: then nothing can be done with the answer.
 */
function tellAction({ core, leg }: Run, { url, method, params }: DocumentRequest): void {
  if (!isOver(leg.call) || !core.quirks.actionAfterHangUp) return;
  const fields = { ...callFields(core, leg.call), ...leg.parameters, ...params };
  const about = { callSid: leg.call.sid, conferenceSid: null, cookies: leg.cookies };
  core.turns.later(
    () =>
      void core.turns.track(core.webhooks.request({ kind: "action", url, method, params: fields, ...about })),
  );
}

/** `<Dial>`: with `action` the document goes on there, else with the next verb. */
export async function runDial(run: Run, dial: DialVerb): Promise<Step> {
  const action = dial.action === null ? null : resolveUrl(run, dial.action);
  const requestOf = (url: string, params: DialResult): DocumentRequest => ({
    kind: "action",
    url,
    method: dial.method,
    params,
  });
  const stopped = (result: DialResult): void => {
    if (action !== null) tellAction(run, requestOf(action, result));
  };
  if (dial.conference || !dial.answerOnBridge) answerCaller(run.core, run.leg);
  const result = dial.conference
    ? await dialConference(run, dial, dial.conference, stopped)
    : await dialTargets(run, dial, stopped);
  return action === null ? NEXT : { kind: "document", request: requestOf(action, result) };
}
