import type { PeopleClient } from "local-twilio/people";
import { AppError } from "../../errors.ts";
import type { Control } from "../control/control.ts";
import { watchCalls } from "../control/watch.ts";
import type { LiveEvent } from "../live/events.ts";
import { AGENTS } from "../play/parties.ts";
import type { Venue } from "../play/venue.ts";
import { maskedCustomer } from "../views/shown-numbers.ts";
import { type RemotePlayer, addRemotePlayer } from "./remote-player.ts";

/** A server and an emulator that run already. */
export interface RemoteVenue extends Venue {
  /** Removes the people, who hang up. */
  close(): Promise<void>;
}

const PATIENCE_MS = 5000;

type Listener = (happening: LiveEvent) => void;

/** @throws AppError conflict when scripted agents would take part in other calls */
async function castOf(control: Control): Promise<Venue["agents"]> {
  const [calls, agents] = [await control.calls(), await control.agents()];
  if (calls.some(({ state }) => state === "waiting"))
    throw new AppError("conflict", "A customer is waiting, whom the scripted agents would answer.", {
      hint: "Run this again when warm-transfer conferences list shows no one who waits.",
    });
  const free = agents.filter(({ state }) => state !== "in-call" && state !== "ringing");
  if (free.length >= AGENTS) return free.slice(0, AGENTS);
  throw new AppError("conflict", `A transfer needs ${AGENTS} agents who are not in a call.`, {
    hint: "Add one with warm-transfer agents add, or wait for a call to end.",
  });
}

async function numberOf(people: PeopleClient): Promise<string> {
  const [number] = (await people.list()).numbers;
  if (number !== undefined) return number;
  throw new AppError("conflict", "The emulator has no number.", { hint: "Start it with --number." });
}

/** Stories of calls that began after `known` was listed. */
async function passStories(
  control: Control,
  known: ReadonlySet<string>,
  signal: AbortSignal,
  listener: Listener,
): Promise<void> {
  const events = watchCalls(control, { signal, patienceMs: PATIENCE_MS, info: () => undefined });
  for await (const { event, data } of events) {
    // Events that have arrived are still read after the stream was closed.
    if (signal.aborted) return;
    if (event !== "story" || known.has(data.call)) continue;
    const { call, entry, ...customer } = data;
    listener({ call, customer: maskedCustomer(customer), ...entry });
  }
}

/** @throws AppError conflict without two agents or a number; PeopleError without an emulator */
export async function openRemoteVenue(control: Control, people: PeopleClient): Promise<RemoteVenue> {
  const agents = await castOf(control);
  const number = await numberOf(people);
  const known = new Set((await control.calls()).map(({ id }) => id));
  const players: RemotePlayer[] = [];
  const listeners = new Set<Listener>();
  const emit = (happening: LiveEvent): void => listeners.forEach((listener) => listener(happening));
  const warn = (message: string): void =>
    emit({ event: "warning", at: Date.now(), call: null, code: 0, message, url: null });
  return {
    number,
    agents,
    async addPerson(address, hz) {
      const player = await addRemotePlayer(people, address, hz, {
        said: (call, text) => emit({ event: "said", at: Date.now(), call, text, language: "" }),
        refused: warn,
      });
      players.push(player);
      return player;
    },
    refresh: async () => void (await Promise.all(players.map((player) => player.look()))),
    signInLink: async (agent) => (await control.signInLink(agent)).link,
    async transferToPhone(to, mode) {
      const ours = (await control.calls()).find(({ id }) => !known.has(id));
      await control.startTransfer(ours?.id ?? "", { to, mode });
    },
    recordingOf: () => undefined,
    watch(listener) {
      const stopped = new AbortController();
      listeners.add(listener);
      void passStories(control, known, stopped.signal, listener).catch((thrown: unknown) =>
        warn((thrown as Error).message),
      );
      return () => {
        stopped.abort();
        listeners.delete(listener);
      };
    },
    async close() {
      await Promise.all(players.map((player) => player.leave()));
    },
  };
}
