import type { Act, PeopleClient, PersonView, Voice } from "local-twilio/people";
import { toAppError } from "../../errors.ts";
import { pauseFor } from "../pause.ts";
import { TONES } from "../play/parties.ts";
import { MUSIC_HZ } from "../play/hearing.ts";
import type { Player } from "../play/venue.ts";

/** What a player at another process reports. */
export interface PlayerEvents {
  said: (callSid: string, text: string) => void;
  /** A request was refused. */
  refused: (message: string) => void;
}

/** A scripted person at an emulator that runs elsewhere, looked at several times a second. */
export interface RemotePlayer extends Player {
  look(): Promise<void>;
  /** Resolves when the person is gone. */
  leave(): Promise<void>;
}

const LOOK_MS = 100;
const WINDOW_MS = 400;
const HZ = [...TONES, ...MUSIC_HZ];
const NOTHING_DB = -120;

const toneOf = (voice: Voice): number => (voice.kind === "tone" ? voice.hz : 0);

const callOf = ({ state, call }: PersonView): string | null =>
  state === "idle" ? null : (call?.sid ?? null);

function createView(first: PersonView, { said }: PlayerEvents) {
  let view = first;
  const waiting = new Set<{ state: Player["state"]; resolve: () => void }>();
  return {
    get now() {
      return view;
    },
    set(next: PersonView): void {
      for (const text of next.captions.slice(view.captions.length)) said(next.call?.sid ?? "", text);
      view = next;
      for (const waiter of waiting)
        if (waiter.state === view.state) {
          waiting.delete(waiter);
          waiter.resolve();
        }
    },
    until: (state: Player["state"]): Promise<void> =>
      view.state === state ? Promise.resolve() : new Promise((resolve) => waiting.add({ state, resolve })),
  };
}

/** Looks at a person and lets the person act, until stopped. */
function followPerson(people: PeopleClient, first: PersonView, events: PlayerEvents) {
  const { id } = first;
  const view = createView(first, events);
  const left = new AbortController();
  // One request at a time: an earlier state must not come after a later one.
  let turn = Promise.resolve();
  const inTurn = (ask: () => Promise<PersonView>): Promise<void> => {
    const asked = turn.then(async () => view.set(await ask()));
    turn = asked.catch(() => undefined);
    return asked;
  };
  const fail = (thrown: unknown): void => {
    if (!left.signal.aborted) events.refused(toAppError(thrown).message);
  };
  const look = (): Promise<void> => inTurn(() => people.see(id, HZ, WINDOW_MS));
  const act = (does: Act): Promise<void> => inTurn(() => people.act(id, does));
  const keepLooking = async (): Promise<void> => {
    while (!left.signal.aborted) {
      await look();
      await pauseFor(LOOK_MS, left.signal);
    }
  };
  void keepLooking().catch(fail);
  return { view, look, act, send: (does: Act) => void act(does).catch(fail), stop: () => left.abort() };
}

/** Adds a person. @throws PeopleError */
export async function addRemotePlayer(
  people: PeopleClient,
  address: string,
  hz: number,
  events: PlayerEvents,
): Promise<RemotePlayer> {
  const first = await people.add({ from: address, hz });
  const { view, look, act, send, stop } = followPerson(people, first, events);
  return {
    address,
    get callSid() {
      return callOf(view.now);
    },
    get state() {
      return view.now.state;
    },
    get captions() {
      return view.now.captions;
    },
    async call(number) {
      await act({ does: "call", calls: number });
      return callOf(view.now) ?? "";
    },
    hangUp: () => send({ does: "hang-up" }),
    answer: () => send({ does: "answer" }),
    decline: () => send({ does: "decline" }),
    press: (digits) => send({ does: "press", digits }),
    setHabit: (habit) => send({ does: "follow", habit }),
    say: (voice) => send({ does: "say", hz: toneOf(voice) }),
    heardDb: (tone) => view.now.heardDb?.[HZ.indexOf(tone)] ?? NOTHING_DB,
    until: view.until,
    look,
    async leave() {
      stop();
      // The emulator may have gone.
      await people.remove(first.id).catch(() => undefined);
    },
  };
}
