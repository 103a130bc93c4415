import * as fc from "fast-check";
import type { Fault } from "local-twilio";
import { expect } from "vitest";
import { deliveredCallbacks, repeatCallbacks } from "../support/world/repeat-callbacks.ts";
import { LATE, LATEST_MS, LOST, failing } from "./bounds.ts";
import { type Move, number, word } from "./move.ts";

const STATUS_CALLBACKS = ["call-status", "conference-status"] as const;

type RestFault = Extract<Fault, { rest: unknown }>;
type WebhookFault = Extract<Fault, { webhook: unknown }>;
type Reported = WebhookFault["webhook"];

/** What may get lost: each event by which the server learns something. */
const REPORTS: readonly [webhook: Reported, ...events: string[]][] = [
  ["call-status", "initiated", "ringing", "answered", "completed"],
  ["conference-status", "conference-start", "conference-end", "participant-join", "participant-leave"],
  ["recording-status"],
  ["number-status"],
];

/** How requests fail, and how long, in ms, it then takes at most until Twilio has done what is asked. */
const TROUBLES = {
  "404": [{ answer: 404, code: 20404 }, 500],
  "400": [{ answer: 400, code: 21220 }, 500],
  // The pauses between tries are 0.5, 1, 2 and 4 s.
  "500x4": [{ answer: 500, times: 4 }, 7_500],
  "401x3": [{ answer: 401, times: 3 }, 3_500],
  late: [{ delayMs: 3_000 }, 3_000],
  // The server waits for 10 s, and tries again half a second later.
  hangs: [{ delayMs: 10_000, answer: "reset" }, 10_500],
  "hangs-after": [{ delayMs: 10_000, answer: "reset", afterEffect: true }, 10_500],
} satisfies Record<string, [Omit<RestFault, "rest">, number]>;

type Trouble = keyof typeof TROUBLES;

const UPDATES = ["UpdateParticipant", "UpdateCall", "UpdateConference"];
const OTHERS = [
  "CreateCall",
  "ListCall",
  "ListConference",
  "ListParticipant",
  "FetchCall",
  "FetchConference",
];
const names = Object.keys(TROUBLES);

/** Only what is to be changed can be missing. */
const anyTrouble = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(word(...UPDATES), word(...names)) },
  {
    weight: 1,
    arbitrary: fc.tuple(word(...OTHERS), word(...names.filter((name) => !/^40[04]$/.test(name)))),
  },
);

/** The emulator, its network, and the clock of both. */
export const TWILIO_MOVES = {
  passes: {
    actors: ["time"],
    weight: 3,
    words: fc.tuple(fc.oneof(number(100, 3_000), number(3_000, 30_000))),
    make: (stage, _, [ms]) => stage.world.clock.advance(Number(ms)),
  },
  repeats: {
    actors: ["twilio"],
    weight: 1,
    words: fc.tuple(number(1, 12), number(1, 11)),
    async make({ world }, _, [count, stride]) {
      const last = deliveredCallbacks(world.emulator).slice(-Number(count));
      const again = last.map((__, index) => last[(index * Number(stride)) % last.length]);
      const statuses = await repeatCallbacks(again.filter((delivery) => delivery !== undefined));
      expect(
        statuses.filter((status) => status !== 204),
        "answers to repeated callbacks",
      ).toEqual([]);
    },
  },
  spoils: {
    actors: ["twilio"],
    only: ["late", "lost"],
    weight: 1,
    words: fc.tuple(
      word(...STATUS_CALLBACKS),
      word("delay", "reorder", "duplicate"),
      number(1, 3),
      number(1, LATEST_MS),
    ),
    make(stage, _, [webhook, does, times, ms]) {
      if (does !== "duplicate") stage.allows(LATE);
      stage.world.emulator.faults.add({
        webhook: webhook as Reported,
        does: does as WebhookFault["does"],
        times: Number(times),
        ...(does === "duplicate" ? {} : { delayMs: Number(ms) }),
      });
    },
  },
  loses: {
    actors: ["twilio"],
    only: ["lost"],
    weight: 8,
    words: fc
      .constantFrom(...REPORTS)
      .chain(([webhook, ...events]) => fc.tuple(fc.constant(webhook), word("any", ...events), number(1, 3))),
    make(stage, _, [webhook, event = "any", times]) {
      stage.allows(LOST);
      stage.world.emulator.faults.add({
        webhook: webhook as Reported,
        does: "drop",
        times: Number(times),
        ...(event === "any" ? {} : { event }),
      });
    },
  },
  /** Once in a run: if two ways fail, none is left. */
  fails: {
    actors: ["twilio"],
    only: ["failing"],
    weight: 12,
    words: anyTrouble,
    may: ({ world }) => world.emulator.faults.list().every((fault) => !("rest" in fault)),
    make(stage, _, [rest = "", trouble]) {
      const [fault, lasts] = TROUBLES[trouble as Trouble];
      stage.allows(failing(rest, lasts));
      stage.world.emulator.faults.add({ rest, ...fault });
    },
  },
} satisfies Record<string, Move<string>>;
