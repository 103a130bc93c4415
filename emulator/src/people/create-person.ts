import type { Clock } from "../clock.ts";
import type { Engine } from "../engine/engine.ts";
import type { ClipLibrary } from "../media/clips.ts";
import { createEar } from "./ear.ts";
import { type Handset, callNumber, hangUp } from "./handset.ts";
import { ringPerson } from "./incoming.ts";
import { speak } from "./mouth.ts";
import type { Habit, Nature, Person, Voice } from "./people.ts";
import { createPersonState } from "./person-state.ts";

export interface PersonParts {
  id: string;
  engine: Engine;
  clock: Clock;
  clips: ClipLibrary;
  onLeft: () => void;
}

const WINDOW_MS = 500;

function hearsOf(engine: Engine, callSid: string | null): string[] {
  const heard = callSid === null ? undefined : engine.hearing().get(callSid);
  if (callSid === null || !heard) return [];
  const voices = [...heard].flatMap((sid) => {
    const call = engine.world.calls.get(sid);
    return call ? [call.direction === "inbound" ? call.from : call.to] : [];
  });
  return voices.length > 0 ? voices.toSorted() : [`[${engine.hearsSound(callSid)}]`];
}

/** A scripted phone or browser, reachable until it leaves. @param address E.164, `client:identity` or `sip:` */
export function createPerson(
  { id, engine, clock, clips, onLeft }: PersonParts,
  address: string,
  options: { habit?: Habit; voice?: Voice; is?: Nature },
): Person {
  const handset: Handset = {
    address,
    state: createPersonState(),
    ear: createEar(),
    captions: [],
    habit: options.habit ?? { kind: "never-answers" },
    isMachine: options.is === "machine",
    missed: 0,
    voice: speak(options.voice ?? { kind: "quiet" }, clips),
    line: null,
    incoming: null,
  };
  const { state, captions } = handset;
  const takeAway = engine.addDevice({
    address,
    ring: (invite, listener) => ringPerson(handset, invite, listener, clock),
  });
  return {
    id,
    address,
    captions,
    get callSid() {
      return state.callSid;
    },
    get lastCallSid() {
      return state.lastCallSid;
    },
    get state() {
      return state.now;
    },
    call: (number) => callNumber(handset, engine, number),
    hangUp: () => hangUp(handset),
    answer: () => handset.incoming?.answer(),
    decline: () => handset.incoming?.decline(),
    press: (digits) => handset.line?.listener.digits(digits),
    setHabit: (habit) => void (handset.habit = habit),
    speak: (text) => handset.line?.listener.words?.(text),
    say: (voice) => void (handset.voice = speak(voice, clips)),
    hears: () => hearsOf(engine, state.callSid),
    heardDb: (hz, windowMs = WINDOW_MS) => handset.ear.db(hz, windowMs),
    until: (wanted) => state.until(wanted),
    leave() {
      takeAway();
      hangUp(handset);
      onLeft();
    },
  };
}
