import * as fc from "fast-check";
import { expect } from "vitest";
import { type Kind, type Move, word } from "./move.ts";
import { AGENTS, type AgentName, CUSTOMERS, type CustomerName, NUMBER, type Stage } from "./stage.ts";
import { TWILIO_MOVES } from "./twilio-moves.ts";

const agents = AGENTS;
const customers = Object.keys(CUSTOMERS) as CustomerName[];

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

const isRecorded = (stage: Stage, name: CustomerName): boolean => {
  const { callSid } = stage.customer(name);
  return callSid !== null && stage.world.emulator.engine.hearsSound(callSid) === "recording";
};

const isCalling = (stage: Stage, name: CustomerName): boolean => stage.customer(name).state !== "idle";

const CUSTOMER_MOVES = {
  rings: {
    actors: customers,
    weight: 12,
    may: (stage, name) => !isCalling(stage, name),
    make: (stage, name) => stage.customer(name).call(NUMBER),
  },
  "hangs-up": { actors: customers, weight: 1, may: isCalling, make: (s, name) => s.customer(name).hangUp() },
  "leaves-a-message": {
    actors: customers,
    weight: 12,
    may: isRecorded,
    async make({ world, ...stage }, name) {
      const customer = stage.customer(name);
      customer.say({ kind: "tone", hz: 620 });
      await world.clock.advance(3_000);
      customer.say({ kind: "quiet" });
      customer.press("#");
    },
  },
  "is-asked-to": {
    actors: customers,
    weight: 1,
    words: fc.tuple(word("hold", "unhold", "mute", "unmute")),
    may: isCalling,
    make: (stage, name, [what]) =>
      expectAnswer(stage.operate(`/api/calls/${stage.customer(name).callSid}/participants/customer/${what}`)),
  },
} satisfies Record<string, Move<CustomerName>>;

const MOVES: Record<string, Move<string>> = { ...AGENT_MOVES, ...CUSTOMER_MOVES, ...TWILIO_MOVES };

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

/** Whatever somebody may do in runs of a kind. */
export function anyStep(kind: Kind): fc.Arbitrary<Step> {
  const chosen = Object.entries(MOVES).filter(([, { only }]) => only?.includes(kind) ?? true);
  return fc.oneof(
    ...chosen.map(([verb, { actors, weight, words = fc.constant([]) }]) => ({
      weight,
      arbitrary: fc
        .tuple(fc.constantFrom(...actors), words, fc.nat(5))
        .map(([actor, rest, rush]) => new Step([actor, verb, ...rest].join(" ") + (rush === 0 ? "!" : ""))),
    })),
  );
}
