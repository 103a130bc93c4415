import { type Check, type Given, checkFields, one, readObject, whole } from "../json-fields.ts";
import type { Habit, Nature } from "./people.ts";

/** What a person does once the next call is answered. */
export interface Script {
  /** Keys. */
  presses?: string;
  /** Milliseconds after the answer; default 0. */
  pressesAfterMs?: number;
  /** Milliseconds until the person hangs up; by default never. */
  talkMs?: number;
}

/** A person as `POST /people` takes it. */
export interface PersonOrder extends Script {
  /** E.164, `client:identity` or `sip:`. */
  from: string;
  /** A number of the emulator; from a browser an application, `app:AP…`. */
  calls?: string;
  habit?: Habit;
  /** By default a human. */
  is?: Nature;
  /** The tone that the person's voice is; by default the person is quiet. */
  hz?: number;
}

/** What a person is to do now, as `POST /people/:id` takes it. */
export type Act =
  | { does: "answer" | "decline" | "hang-up" }
  | { does: "call"; calls: string }
  | { does: "press"; digits: string }
  | { does: "follow"; habit: Habit }
  /** A sentence, which `<Gather>` and `<ConversationRelay>` understand. */
  | { does: "speak"; text: string }
  /** 0: the person is quiet. */
  | { does: "say"; hz: number };

const LONGEST_MS = 3_600_000;
const ms = whole(0, LONGEST_MS);

const form =
  (shape: RegExp, words: string): Check =>
  (value) =>
    typeof value === "string" && shape.test(value) ? null : words;

const tone = whole(50, 3_900);
const digits = form(/^[0-9*#]{1,64}$/, "keys from 0 to 9, * and #");
const called = form(/^(\+[1-9]\d{1,14}|app:AP[0-9a-f]{32})$/, "a number, as in +15550100000, or app:AP…");

const HABITS: Readonly<Record<Habit["kind"], Readonly<Record<string, Check>>>> = {
  answers: { afterMs: ms },
  "never-answers": {},
  busy: {},
  declines: { afterMs: ms },
  unreachable: {},
  frozen: {},
  "answers-and-hangs-up": { afterMs: ms, talkMs: ms },
};

function checkHabit(value: unknown): void {
  const given = readObject(value, "`habit`");
  const expected = one(...Object.keys(HABITS))(given.kind, given);
  if (expected !== null) throw new Error(`\`habit.kind\` must be ${expected}`);
  const { kind } = given as { kind: Habit["kind"] };
  const checks = HABITS[kind];
  checkFields(given, { kind: () => null, ...checks }, `The habit ${kind}`);
  const missing = Object.keys(checks).filter((name) => given[name] === undefined);
  if (missing.length > 0) throw new Error(`The habit ${kind} lacks ${missing.join(", ")}`);
}

const PERSON: Readonly<Record<keyof PersonOrder, Check>> = {
  from: form(
    /^(\+[1-9]\d{1,14}|client:[^?\s]{1,121}|sips?:[^\s@;?]{1,64}@[^\s@;?]{1,128})$/,
    "a number, as in +15550100123, an identity, as in client:agent1, or a SIP address, as in sip:bob@example.com",
  ),
  calls: called,
  habit: () => null,
  is: one("human", "machine"),
  hz: tone,
  presses: digits,
  pressesAfterMs: ms,
  talkMs: ms,
};

const lacks = (given: Given, name: string): boolean => given[name] === undefined;

/** A person from whatever was given. @throws Error that says what is wrong with it */
export function readPerson(value: unknown): PersonOrder {
  const given = readObject(value, "A person");
  checkFields(given, PERSON, "A person");
  if (lacks(given, "from")) throw new Error("The person lacks from");
  if (!lacks(given, "pressesAfterMs") && lacks(given, "presses"))
    throw new Error("`pressesAfterMs` goes with presses");
  if (!lacks(given, "habit")) checkHabit(given.habit);
  return { ...given } as unknown as PersonOrder;
}

const ACTS: Readonly<Record<Act["does"], Readonly<Record<string, Check>>>> = {
  answer: {},
  decline: {},
  "hang-up": {},
  call: { calls: called },
  press: { digits },
  follow: { habit: () => null },
  speak: { text: form(/^[^\0]{1,4096}$/s, "a sentence of 1 to 4096 characters") },
  say: { hz: (value) => (value === 0 ? null : tone(value, {})) },
};

/** @throws Error that says what is wrong with it */
export function readAct(value: unknown): Act {
  const given = readObject(value, "What a person does");
  const expected = one(...Object.keys(ACTS))(given.does, given);
  if (expected !== null) throw new Error(`\`does\` must be ${expected}`);
  const { does } = given as { does: Act["does"] };
  checkFields(given, { does: () => null, ...ACTS[does] }, `The act ${does}`);
  const missing = Object.keys(ACTS[does]).filter((name) => lacks(given, name));
  if (missing.length > 0) throw new Error(`The act ${does} lacks ${missing.join(", ")}`);
  if (does === "follow") checkHabit(given.habit);
  return { ...given } as unknown as Act;
}
