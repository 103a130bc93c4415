import type { CallState } from "../types.ts";
import { newCall } from "../world/calls.ts";
import { detectMachine } from "./answering-machine.ts";
import { limitTime } from "./connect-leg.ts";
import type { Core } from "./core.ts";
import type { DialOrder } from "./engine.ts";
import { type Leg, newLeg } from "./leg.ts";
import { addressParameters, ringLeg } from "./ring-leg.ts";
import { runCall } from "./run-call.ts";

/** A call that REST places: queued, and known to the world. */
export function queueCall(
  core: Core,
  order: Pick<DialOrder, "from" | "to" | "statusCallback" | "record">,
): Leg {
  const { from, to } = order;
  const number = [...core.world.numbers.values()].find(({ phoneNumber }) => phoneNumber === from);
  const phoneNumberSid = number?.sid ?? null;
  const given = { direction: "outbound-api", from, to, status: "queued", phoneNumberSid } as const;
  const call = newCall(given, core.clock.now());
  call.statusCallback = order.statusCallback;
  const leg = newLeg(call);
  leg.record = order.record ?? null;
  core.world.calls.set(call.sid, call);
  core.legs.set(call.sid, leg);
  return leg;
}

/** CreateCall: the callee hears the TwiML once it has answered. */
export function placeCall(core: Core, order: DialOrder): CallState {
  const leg = queueCall(core, order);
  const { call } = leg;
  call.voice = order.voice;
  call.fallback = order.fallback;
  const { twiml } = order;
  ringLeg(core, leg, {
    timeoutSeconds: order.timeout,
    parameters: addressParameters(order.to),
    onAnswered() {
      if (order.timeLimit !== null) limitTime(core, leg, order.timeLimit);
      const { voiceRequestAfterMs } = core.quirks;
      const run = (params: Record<string, string> = {}): void => {
        const begin = (): void => {
          if (call.status !== "in-progress" || leg.program !== null) return;
          runCall(core, leg, call.voice ? { hook: call.voice, params } : { twiml: twiml ?? "<Response/>" });
        };
        if (voiceRequestAfterMs === 0) core.turns.later(begin);
        else core.clock.after(voiceRequestAfterMs, begin);
      };
      const { machineDetection: detection } = order;
      if (detection)
        detectMachine(core, leg, detection, () => run({ AnsweredBy: call.answeredBy ?? "unknown" }));
      if (!detection || detection.isAsync) run();
    },
  });
  return call;
}
