import type { Emulator, People, Person } from "local-twilio";
import type { RunningServer } from "../../../src/compose/server.ts";
import { whoHearsWhom } from "./hearing.ts";
import {
  followOutcomes,
  type KnownTransfer,
  lookAtTwilio,
  RULES,
  type RuleName,
  type Sight,
} from "./invariants.ts";

/** Another bound than the usual one, because of something that the story does to the server. */
export type Exceptions = Partial<Record<RuleName, { ms: number; because: string }>>;

/** A sentence before the end of a call, of which it may be the reason, in ms. */
const LAST_WORDS_MS = 10_000;

/** Follows who hangs up and what Twilio says, of people who are added by `people`. */
function followEnds({ engine, people }: Emulator) {
  const hungUp = new Set<string | null>();
  const heardAt = new Map<string, number>();
  const stop = engine.onEvent((event) => {
    if (event.kind === "said") heardAt.set(event.callSid, event.at);
  });
  const followed: People = {
    ...people,
    add(address, options) {
      const person = people.add(address, options);
      const marking = (act: () => void) => (): void => {
        hungUp.add(person.callSid);
        act();
      };
      return Object.create(person, {
        hangUp: { value: marking(() => person.hangUp()) },
        leave: { value: marking(() => person.leave()) },
      }) as Person;
    },
  };
  const cutOff = (since: number): string[] =>
    [...engine.world.calls.values()]
      .filter(
        ({ sid, direction, endTime }) =>
          direction === "inbound" && (endTime ?? 0) > since && !hungUp.has(sid),
      )
      .filter(({ sid, endTime }) => (endTime ?? 0) - (heardAt.get(sid) ?? 0) > LAST_WORDS_MS)
      .map(({ from }) => from);
  return { cutOff, people: followed, stop };
}

/** The last state of every transfer that was ever shown, by call and id. */
function rememberTransfers(known: Map<string, KnownTransfer>, { calls }: Pick<Sight, "calls">): void {
  for (const { id: call, transfer, legs } of calls) {
    if (!transfer) continue;
    const key = `${call} ${transfer.id}`;
    // Legs stand in the order of their dials, and a starter may have been rung again since.
    const before = legs.slice(
      0,
      legs.findIndex(({ label }) => label === transfer.target),
    );
    const starter = before.findLast(({ agent }) => agent === transfer.from)?.label ?? null;
    known.set(key, { ...transfer, call, starter });
  }
  // An ended call has no open transfer.
  for (const [key, { call }] of known) if (!calls.some(({ id }) => id === call)) known.delete(key);
}

interface Watched {
  emulator: Emulator;
  server: RunningServer;
  now: () => number;
  story: Parameters<typeof followOutcomes>[0];
  exceptions: Exceptions;
  /** Twilio tells a server that is away nothing: what is wrong counts from its return. */
  isAway: () => boolean;
  onBreach: (breach: Error) => void;
}

/** Holds a world to its invariants. A breach counts at every later step too, should a story catch the first error. */
export function watchInvariants({ emulator, server, now, story, exceptions, isAway, onBreach }: Watched) {
  const ends = followEnds(emulator);
  const wrongOutcomes = followOutcomes(story);
  const transfers = new Map<string, KnownTransfer>();
  const since = new Map<string, { rule: RuleName; at: number }>();
  const names = Object.keys(RULES) as RuleName[];
  let backAt = 0;
  let broken: Error | undefined;

  const fail = (rule: RuleName, what: string, lastedMs: number): void => {
    const { invariant, boundMs } = RULES[rule];
    const exception = exceptions[rule];
    const bound = exception ? `${exception.ms} ms, ${exception.because}` : `${boundMs} ms`;
    const lines = [...whoHearsWhom(emulator), ...story.map(({ event, label }) => `${event} ${label ?? ""}`)];
    const message = `Invariant ${invariant} (${rule}): ${what} for ${lastedMs} ms; at most ${bound}.`;
    broken ??= new Error([message, ...lines].join("\n  "));
  };
  const look = (sight: Sight, at: number): void => {
    for (const [what, { rule, at: began }] of since)
      if (at - began > (exceptions[rule]?.ms ?? RULES[rule].boundMs)) fail(rule, what, at - began);
    const found = names.flatMap((rule) => RULES[rule].breaches(sight).map((what) => ({ rule, what })));
    for (const what of since.keys()) if (!found.some((each) => each.what === what)) since.delete(what);
    for (const { rule, what } of found) if (!since.has(what)) since.set(what, { rule, at });
  };
  return {
    people: ends.people,
    /** To be called whenever the world has come to rest, and before its clock moves on. @throws Error at a breach */
    async check(): Promise<void> {
      if (isAway()) {
        since.clear();
        backAt = now();
        return;
      }
      const [calls, agents] = [await server.calls(), await server.agents()];
      rememberTransfers(transfers, { calls });
      const cutOff = ends.cutOff(backAt);
      const shown = { calls, agents, transfers: [...transfers.values()], cutOff };
      look({ ...lookAtTwilio(emulator), ...shown, wrongOutcomes: wrongOutcomes() }, now());
      if (broken) onBreach(broken);
    },
    stop: ends.stop,
  };
}
