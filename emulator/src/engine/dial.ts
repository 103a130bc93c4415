import type { DialVerb } from "../twiml/verbs.ts";
import { isOver } from "../world/calls.ts";
import { actionOf } from "./action.ts";
import { dialConference } from "./dial-conference.ts";
import { recordDial } from "./dial-recording.ts";
import { dialQueue } from "./dial-queue.ts";
import { dialTargets } from "./dial-targets.ts";
import { answerCaller } from "./connect-leg.ts";
import type { DialListener, Run, Step } from "./run.ts";

/** The result of a `<Dial>`, as fields of its action's request. */
type DialResult = Record<string, string>;

function connect(run: Run, dial: DialVerb, on: DialListener): Promise<DialResult> {
  if (dial.conference) return dialConference(run, dial, dial.conference, on.stopped);
  return dial.queue ? dialQueue(run, dial, dial.queue, on) : dialTargets(run, dial, on);
}

/** `<Dial>`: with `action` the document goes on there, else with the next verb. */
export async function runDial(run: Run, dial: DialVerb): Promise<Step> {
  // www.twilio.com/docs/voice/twiml/dial: the action is requested also when the <Dial> ends with the caller's call.
  const isTold = (): boolean => isOver(run.leg.call) && run.core.quirks.actionAfterHangUp;
  const action = actionOf(run, dial, isTold);
  const recording = recordDial(run, dial);
  const stopped = (result: DialResult): void => action.tell({ ...result, ...recording.end() });
  // A browser's call is answered when the called side is: until then the SDK plays the ringing.
  const { application } = run.leg.caller ?? {};
  const isBrowser = application !== undefined && application.dialledBy === undefined;
  const answersLate = dial.answerOnBridge || isBrowser;
  if (dial.conference || !answersLate) answerCaller(run.core, run.leg);
  recording.begin("ringing");
  try {
    const result = await connect(run, dial, { stopped, connected: () => recording.begin("answer") });
    return action.goOn({ ...result, ...recording.end() });
  } finally {
    recording.end();
  }
}
