import * as fc from "fast-check";
import { expect } from "vitest";
import { deliveredCallbacks, repeatCallbacks } from "../support/world/repeat-callbacks.ts";
import {
  AGENTS,
  type AgentName,
  CUSTOMERS,
  type CustomerName,
  LATEST_MS,
  NUMBER,
  type Stage,
} from "./stage.ts";

/** What somebody may do, if it is possible just now. The words after the actor and the verb are chosen at random. */
interface Move<Actor extends string> {
  readonly actors: readonly Actor[];
  /** How often it is chosen, against the others. */
  readonly weight: number;
  readonly words?: fc.Arbitrary<string[]>;
  may?(stage: Stage, actor: Actor): boolean;
  make(stage: Stage, actor: Actor, words: string[]): unknown;
}

const agents = AGENTS;
const customers = Object.keys(CUSTOMERS) as CustomerName[];
const word = (...words: string[]): fc.Arbitrary<string> => fc.constantFrom(...words);
const number = (min: number, max: number): fc.Arbitrary<string> => fc.integer({ min, max }).map(String);

const isState =
  (...states: string[]) =>
  (stage: Stage, agent: AgentName): boolean =>
    states.includes(stage.desk(agent).at.person.state);
const isInCall = isState("talking");
const isUp = isState("talking", "ringing");

/** A command is granted or refused; it never fails. */
async function expectAnswer(status: Promise<number>): Promise<void> {
  expect([200, 403, 404, 409], "the answer to a command").toContain(await status);
}

async function presses(stage: Stage, agent: AgentName, verb: string, body?: object): Promise<void> {
  await expectAnswer(stage.press(agent, `/api/calls/${stage.callOf(agent)}/${verb}`, body));
}

function pressing(verb: string, weight: number): Move<AgentName> {
  return { actors: agents, weight, may: isInCall, make: (stage, agent) => presses(stage, agent, verb) };
}

async function operates(stage: Stage, agent: AgentName, path: (label: string) => string): Promise<void> {
  const leg = stage.world.emulator.engine.world.calls.get(stage.desk(agent).at.person.callSid ?? "");
  const label = /\/connect\/([^?#]+)/.exec(leg?.voice?.url ?? "")?.[1] ?? "";
  await expectAnswer(stage.operate(`/api/calls/${stage.callOf(agent)}/${path(label)}`));
}

const AGENT_MOVES = {
  answers: {
    actors: agents,
    weight: 30,
    may: isState("ringing"),
    make: (s, a) => s.desk(a).at.person.answer(),
  },
  declines: {
    actors: agents,
    weight: 5,
    may: isState("ringing"),
    make: (s, a) => s.desk(a).at.person.decline(),
  },
  "is-cut-off": { actors: agents, weight: 1, may: isInCall, make: (s, a) => s.desk(a).at.person.hangUp() },
  leaves: { actors: agents, weight: 3, may: isInCall, make: (s, a) => s.desk(a).at.hangsUp() },
  ends: pressing("end", 1),
  transfers: {
    actors: agents,
    weight: 30,
    words: fc.tuple(word(...AGENTS), word("three-way", "consult", "blind")),
    may: isInCall,
    make: (stage, agent, [to, mode]) => presses(stage, agent, "transfer", { to, mode }),
  },
  completes: pressing("transfer/complete", 10),
  "brings-together": pressing("transfer/bring-together", 8),
  swaps: pressing("transfer/swap", 10),
  cancels: pressing("transfer/cancel", 5),
  "gets-lost": { actors: agents, weight: 1, may: (s, a) => s.desk(a).isOpen, make: (s, a) => s.loses(a) },
  "comes-back": { actors: agents, weight: 8, may: (s, a) => !s.desk(a).isOpen, make: (s, a) => s.returns(a) },
  "takes-a-break": {
    actors: agents,
    weight: 1,
    may: (s, a) => s.desk(a).isOpen && s.desk(a).isReady,
    make: (s, a) => s.desk(a).at.setReady((s.desk(a).isReady = false)),
  },
  "ends-the-break": {
    actors: agents,
    weight: 4,
    may: (s, a) => s.desk(a).isOpen && !s.desk(a).isReady,
    make: (s, a) => s.desk(a).at.setReady((s.desk(a).isReady = true)),
  },
  /** By an operator. */
  "is-made-to": {
    actors: agents,
    weight: 3,
    words: fc.tuple(word("hold", "unhold", "mute", "unmute", "remove")),
    may: isUp,
    make: (stage, agent, [what]) => operates(stage, agent, (label) => `participants/${label}/${what}`),
  },
} satisfies Record<string, Move<AgentName>>;

const isCalling = (stage: Stage, name: CustomerName): boolean => stage.customer(name).state !== "idle";

const CUSTOMER_MOVES = {
  rings: {
    actors: customers,
    weight: 12,
    may: (stage, name) => !isCalling(stage, name),
    make: (stage, name) => stage.customer(name).call(NUMBER),
  },
  "hangs-up": { actors: customers, weight: 1, may: isCalling, make: (s, name) => s.customer(name).hangUp() },
  "is-asked-to": {
    actors: customers,
    weight: 1,
    words: fc.tuple(word("hold", "unhold", "mute", "unmute")),
    may: isCalling,
    make: (stage, name, [what]) =>
      expectAnswer(stage.operate(`/api/calls/${stage.customer(name).callSid}/participants/customer/${what}`)),
  },
} satisfies Record<string, Move<CustomerName>>;

const STATUS_CALLBACKS = ["call-status", "conference-status"] as const;

const OTHER_MOVES = {
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
    weight: 1,
    words: fc.tuple(
      word(...STATUS_CALLBACKS),
      word("delay", "reorder", "duplicate"),
      number(1, 3),
      number(1, LATEST_MS),
    ),
    make(stage, _, [webhook, does, times, ms]) {
      if (does !== "duplicate") stage.tellsLate();
      stage.world.emulator.faults.add({
        webhook: webhook as (typeof STATUS_CALLBACKS)[number],
        does: does as "delay" | "reorder" | "duplicate",
        times: Number(times),
        ...(does === "duplicate" ? {} : { delayMs: Number(ms) }),
      });
    },
  },
} satisfies Record<string, Move<string>>;

const MOVES: Record<string, Move<string>> = { ...AGENT_MOVES, ...CUSTOMER_MOVES, ...OTHER_MOVES };

/**
 * A move as a sentence: `agent1 transfers agent2 consult`. With `!` at its end, the next one does not wait for its effects.
 * What people see of the stage is the model: it decides what they can do.
 */
export class Step implements fc.AsyncCommand<Stage, Stage> {
  readonly text: string;
  readonly #move: Move<string>;
  readonly #actor: string;
  readonly #words: string[];
  constructor(text: string) {
    const [actor = "", verb = "", ...words] = text.replace(/!$/, "").split(" ");
    const move = MOVES[verb];
    if (!move) throw new Error(`Nobody can do this: ${text}`);
    this.text = text;
    this.#move = move;
    this.#actor = actor;
    this.#words = words;
  }
  check(stage: Stage): boolean {
    return this.#move.may?.(stage, this.#actor) ?? true;
  }
  async run(_: Stage, stage: Stage): Promise<void> {
    await this.#move.make(stage, this.#actor, this.#words);
    if (!this.text.endsWith("!")) await stage.world.settle();
  }
  toString(): string {
    return this.text;
  }
}

const TALKING = ["customer1 rings", "agent1 answers"];

/** How a run begins, so that it need not be long to get far. */
export const anyBeginning: fc.Arbitrary<Step[]> = fc
  .constantFrom(
    [],
    TALKING,
    ...(["three-way", "consult", "blind"] as const).flatMap((mode) => {
      const rings = [...TALKING, `agent1 transfers agent2 ${mode}`];
      return [rings, [...rings, "agent2 answers"]];
    }),
  )
  .map((texts) => texts.map((text) => new Step(text)));

/** `prompt`: Twilio tells everything at once, so that no bound is longer than usual. */
export function anyStep(callbacks: "prompt" | "late"): fc.Arbitrary<Step> {
  const chosen = Object.entries(MOVES).filter(([verb]) => callbacks === "late" || verb !== "spoils");
  return fc.oneof(
    ...chosen.map(([verb, { actors, weight, words = fc.constant([]) }]) => ({
      weight,
      arbitrary: fc
        .tuple(fc.constantFrom(...actors), words, fc.nat(5))
        .map(([actor, rest, rush]) => new Step([actor, verb, ...rest].join(" ") + (rush === 0 ? "!" : ""))),
    })),
  );
}
