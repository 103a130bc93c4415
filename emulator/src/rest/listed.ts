import type { Clock } from "../clock.ts";
import type { Engine, EngineEvent } from "../engine/engine.ts";
import type { CallState, ConferenceState, ParticipantState } from "../types.ts";
import { isPresent } from "../world/conferences.ts";

/** What lists show: the world as it is, or as it was a while ago. Newest first. */
export interface Listed {
  calls(): CallState[];
  conferences(): ConferenceState[];
  /** The connecting and connected participants; none once the conference has ended. */
  participants(conference: ConferenceState): ParticipantState[];
}

/** States of one kind as they were, by SID; each ends when the next one begins. */
function createHistory<T extends { readonly sid: string }>(lagMs: number, clock: Clock) {
  const versions = new Map<string, { at: number; state: T }[]>();
  const shownIn = (kept: readonly { at: number; state: T }[] = []): T | undefined =>
    kept.findLast(({ at }) => at <= clock.now() - lagMs)?.state;
  return {
    add(state: T): void {
      const kept = versions.get(state.sid) ?? [];
      const shown = kept.findLastIndex(({ at }) => at <= clock.now() - lagMs);
      versions.set(state.sid, [...kept.slice(Math.max(shown, 0)), { at: clock.now(), state }]);
    },
    of: (sid: string) => shownIn(versions.get(sid)),
    all: () => [...versions.values()].flatMap((kept) => shownIn(kept) ?? []).toReversed(),
  };
}

const copyOf = (conference: ConferenceState): ConferenceState => ({
  ...conference,
  participants: new Map(
    Array.from(conference.participants, ([sid, participant]) => [sid, { ...participant }]),
  ),
});

const presentIn = (conference: ConferenceState): ParticipantState[] =>
  [...conference.participants.values()].filter((each) => isPresent(conference, each)).toReversed();

/** Lists that lag: every change of a call or a conference comes with an event, which keeps a copy. */
function lagging({ world, onEvent }: Pick<Engine, "world" | "onEvent">, clock: Clock, lagMs: number): Listed {
  const calls = createHistory<CallState>(lagMs, clock);
  const conferences = createHistory<ConferenceState>(lagMs, clock);
  const changedBy = (event: EngineEvent): ConferenceState[] => {
    if (event.kind === "conference") {
      const changed = world.conferences.get(event.conferenceSid);
      return changed ? [changed] : [];
    }
    if (event.kind !== "call-status") return [];
    return [...world.liveConferences.values()].filter(({ participants }) => participants.has(event.callSid));
  };
  onEvent((event) => {
    const call = event.kind === "call-status" ? world.calls.get(event.callSid) : undefined;
    if (call) calls.add({ ...call });
    for (const conference of changedBy(event)) conferences.add(copyOf(conference));
  });
  return {
    calls: () => calls.all().filter(({ sid }) => world.calls.has(sid)),
    conferences: conferences.all,
    participants(conference) {
      const shown = conferences.of(conference.sid);
      return shown ? presentIn(shown) : [];
    },
  };
}

/** @param lagMs on the clock; 0: lists show what is */
export function createListed(engine: Pick<Engine, "world" | "onEvent">, clock: Clock, lagMs: number): Listed {
  if (lagMs > 0) return lagging(engine, clock, lagMs);
  const { world } = engine;
  return {
    calls: () => [...world.calls.values()].toReversed(),
    conferences: () => [...world.conferences.values()].toReversed(),
    participants: presentIn,
  };
}
