import type { Core } from "./core.ts";
import type { Leg } from "./leg.ts";

/** Connects two legs in a room of their own in the mixer. @param parted called once when they part */
export function bridge(a: Leg, b: Leg, parted: () => void): void {
  const room = `bridge:${a.call.sid}:${b.call.sid}`;
  const join = (leg: Leg, other: Leg): void => {
    leg.bridge = { room, other, parted };
    if (leg.seat) Object.assign(leg.seat, { room, muted: false, deaf: false });
  };
  join(a, b);
  join(b, a);
}

/** Parts a leg from the one that it talks to, if any. */
export function unbridge(leg: Leg): void {
  const { bridge } = leg;
  if (!bridge) return;
  for (const each of [leg, bridge.other]) {
    if (each.seat) each.seat.room = null;
    each.bridge = null;
  }
  bridge.parted();
}

/** The people who hear each other through `<Dial>`. */
export function bridgedHearing(core: Core): Map<string, Set<string>> {
  const hearing = new Map<string, Set<string>>();
  for (const { call, bridge } of core.legs.values())
    if (bridge) hearing.set(call.sid, new Set([bridge.other.call.sid]));
  return hearing;
}
