import type { CallState, World } from "../types.ts";
import type { Core } from "./core.ts";
import type { Leg } from "./leg.ts";

/** The running call at the other end of a call to an application, and of an application's own. */
export function counterpartOf({ legs }: Core, { call }: Leg): Leg | undefined {
  return call.counterpart === null ? undefined : legs.get(call.counterpart);
}

/** The application's end of the call that this one talks with through `<Dial>`. */
export function applicationOf(core: Core, { bridge }: Leg): Leg | undefined {
  return bridge ? counterpartOf(core, bridge.other) : undefined;
}

/** An application's call ends with parameters for whom dialled it (www.twilio.com/docs/voice/twiml/dial/application/usage). */
export function giveBack(core: Core, leg: Leg, parameters: Readonly<Record<string, string>>): void {
  const dialling = counterpartOf(core, leg);
  if (dialling) dialling.returned = parameters;
}

/** The call from which a call of `<Dial>` or of an application came. */
function originOf(
  { calls }: World,
  { direction, counterpart, parentCallSid }: CallState,
): CallState | undefined {
  return calls.get((direction === "inbound" ? counterpart : parentCallSid) ?? "");
}

/** The call with which it all began: perhaps the call itself. */
export function rootOf(world: World, call: CallState): CallState {
  let root = call;
  for (let origin = originOf(world, root); origin; origin = originOf(world, root)) root = origin;
  return root;
}
