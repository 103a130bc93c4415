import { isOver, moveCall } from "../world/calls.ts";
import { connectLeg } from "./connect-leg.ts";
import type { Core } from "./core.ts";
import { endLeg } from "./end-leg.ts";
import type { Leg } from "./leg.ts";
import { reportCall } from "./report-call.ts";
import { addressOf, ringDevices } from "./ring-devices.ts";

export interface RingPlan {
  timeoutSeconds: number;
  parameters: Record<string, string>;
  calledAs?: string | undefined;
  onDialling?: () => void;
  onRinging?: () => void;
  /** Answered and connected. */
  onAnswered(): void;
}

function ring(core: Core, leg: Leg, plan: RingPlan): void {
  const { call } = leg;
  if (isOver(call)) return;
  reportCall(core, leg, "initiated", null);
  plan.onDialling?.();
  const invite = {
    callSid: call.sid,
    from: call.from,
    to: addressOf(call.to),
    accountSid: core.world.account.accountSid,
    parameters: plan.parameters,
    calledAs: plan.calledAs,
  };
  const ringing = ringDevices(core, invite, plan.timeoutSeconds, {
    ringing() {
      if (!moveCall(call, "ringing", core.clock.now())) return;
      reportCall(core, leg, "ringing", null);
      plan.onRinging?.();
    },
    over(result) {
      leg.ringing = null;
      if (!("answered" in result)) return endLeg(core, leg, result);
      connectLeg(core, leg, result.answered);
      plan.onAnswered();
    },
  });
  if (call.status === "queued" || call.status === "ringing") leg.ringing = ringing;
}

/** Dials a queued leg in a later turn. An unanswered leg ends with the reason that stopped the ringing. */
export function ringLeg(core: Core, leg: Leg, plan: RingPlan): void {
  reportCall(core, leg, null, null);
  core.turns.later(() => ring(core, leg, plan));
}

/** Custom parameters written behind an address: `client:bob?vip=yes`. An application gets them with its prefix. */
export function addressParameters(to: string): Record<string, string> {
  const query = /^(client|app):/.test(to) ? /\?(.*)$/s.exec(to)?.[1] : undefined;
  const prefix = to.startsWith("app:") ? "Param_" : "";
  return Object.fromEntries(
    [...new URLSearchParams(query ?? "")].map(([name, value]) => [prefix + name, value]),
  );
}
