import { hearingIn } from "../world/hearing.ts";
import { bridgedHearing } from "./bridge.ts";
import type { Core } from "./core.ts";
import { counterpartOf } from "./counterpart.ts";
import { soundAt } from "./leg-sound.ts";
import type { SoundKind } from "./leg.ts";

type Hearing = Map<string, Set<string>>;

/** Whom each call in progress hears in its conference or its bridge. */
function directHearing(core: Core): Hearing {
  const inConferences = [...core.world.liveConferences.values()].flatMap((conference) =>
    Array.from(hearingIn(conference)),
  );
  const alone = [...core.legs.values()]
    .filter((leg) => leg.call.status === "in-progress")
    .map((leg): [string, Set<string>] => [leg.call.sid, new Set()]);
  return new Map([...alone, ...bridgedHearing(core), ...inConferences]);
}

/** The SID at the other end of a call to an application, or of an application's own. */
function otherEnd(core: Core, sid: string): string | undefined {
  const leg = core.legs.get(sid);
  return leg && counterpartOf(core, leg)?.call.sid;
}

/** The people among those heard: who hears an application's call hears whom the call at its other end hears. */
function peopleIn(core: Core, direct: Hearing, heard: Iterable<string>, seen: Set<string>): string[] {
  return [...heard].flatMap((sid) => {
    const other = otherEnd(core, sid);
    if (other === undefined) return [sid];
    if (seen.has(other)) return [];
    seen.add(other);
    return peopleIn(core, direct, direct.get(other) ?? [], seen);
  });
}

/** For each call in progress, the people whom it hears now. */
export function hearing(core: Core): Hearing {
  const direct = directHearing(core);
  return new Map(
    [...direct].map(([sid, heard]) => {
      const people = new Set(peopleIn(core, direct, heard, new Set()));
      people.delete(sid);
      return [sid, people];
    }),
  );
}

/** The sound of a call that hears no person: its own, or one of an application that it hears. */
export function soundHeard(core: Core, callSid: string): SoundKind | "silence" | "recording" {
  let direct: Hearing | undefined;
  const seen = new Set<string>();
  const soundOf = (sid: string): SoundKind | "silence" | "recording" => {
    const leg = core.legs.get(sid);
    if (!leg || seen.has(sid)) return "silence";
    seen.add(sid);
    const own = soundAt(core, leg);
    if (own !== "silence") return own;
    direct ??= directHearing(core);
    const sounds = [...(direct.get(sid) ?? [])].map((heard) => soundOf(otherEnd(core, heard) ?? ""));
    return sounds.find((sound) => sound !== "silence") ?? "silence";
  };
  return soundOf(callSid);
}
