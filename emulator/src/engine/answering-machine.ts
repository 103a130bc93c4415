import { type Core, warn } from "./core.ts";
import type { MachineDetection } from "./engine.ts";
import type { Leg } from "./leg.ts";
import { notify } from "./notify.ts";

/** A human says hello; a machine's greeting ends with its beep. */
const HELLO_MS = 800;
const GREETING_MS = 6_000;

interface Result {
  answeredBy: string;
  afterMs: number;
}

/** Who answers is known from the script; when it is known follows from the tuning parameters. */
function resultOf(isMachine: boolean, { mode, speechMs, speechEndMs, timeoutMs }: MachineDetection): Result {
  const start = { answeredBy: "machine_start", afterMs: speechMs };
  const end = { answeredBy: "machine_end_beep", afterMs: GREETING_MS };
  const machine = mode === "Enable" ? start : end;
  const result = isMachine ? machine : { answeredBy: "human", afterMs: HELLO_MS + speechEndMs };
  return result.afterMs > timeoutMs ? { answeredBy: "unknown", afterMs: timeoutMs } : result;
}

function sendCallback(core: Core, leg: Leg, { callback: hook }: MachineDetection, result: Result): void {
  if (!hook) return;
  const params = {
    AccountSid: core.world.account.accountSid,
    CallSid: leg.call.sid,
    AnsweredBy: result.answeredBy,
    MachineDetectionDuration: String(result.afterMs),
  };
  notify(core, { kind: "amd-status", hook, params, callSid: leg.call.sid, conferenceSid: null });
}

/**
 * Finds out who has answered, in the time that Twilio's parameters give; a call that ends before has no result.
 * @param detected the voice request, which has waited, may be sent: not called for an asynchronous detection
 */
export function detectMachine(
  core: Core,
  leg: Leg,
  detection: MachineDetection,
  detected: () => void = () => {},
): void {
  const result = resultOf(leg.line?.isMachine ?? false, detection);
  if (detection.isAsync && !detection.callback)
    warn(core, { callSid: leg.call.sid, code: 21262, message: "No AMD status callback URL provided" });
  const timer = core.clock.after(result.afterMs, () => {
    leg.call.answeredBy = result.answeredBy;
    if (detection.isAsync) sendCallback(core, leg, detection, result);
    else detected();
  });
  leg.onEnd.add(() => timer.cancel());
}
