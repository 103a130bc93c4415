import { setTimeout as pause } from "node:timers/promises";
import { type PeopleClient, PeopleError, createPeopleClient } from "../people/people-client.ts";
import type { PersonView } from "../people/people-handler.ts";
import type { PersonOrder } from "../people/read-person.ts";
import { CommandError } from "./command-error.ts";
import { masked } from "./mask.ts";
import type { CommandContext } from "./run.ts";

export interface TriggerFlags {
  /** URL. */
  emulator?: string;
  from?: string;
  to?: string;
  press?: string;
  /** Seconds. */
  pressAfter?: number;
  /** Seconds. */
  talk?: number;
  /** Seconds. */
  timeout?: number;
}

const URL_OF_EMULATOR = "http://127.0.0.1:4010";
const CUSTOMER = "+15550100123";
const [PRESS_AFTER, TALK, TIMEOUT] = [2, 10, 60];
const LOOK_MS = 100;
const [NETWORK, REFUSED, LATE] = [5, 3, 6];

function commandError(thrown: unknown): unknown {
  if (!(thrown instanceof PeopleError)) return thrown;
  const isRefused = thrown.status !== null;
  const hint = isRefused
    ? "Pass a number of the emulator with --to, and a phone's with --from."
    : "Start one with warm-transfer sandbox or local-twilio, or pass --emulator URL.";
  return new CommandError(thrown.message, hint, thrown, isRefused ? REFUSED : NETWORK);
}

async function orderOf(people: PeopleClient, flags: TriggerFlags): Promise<PersonOrder & { calls: string }> {
  const { from = CUSTOMER, to, press, pressAfter = PRESS_AFTER, talk = TALK } = flags;
  const calls = to ?? (await people.list()).numbers[0];
  if (calls === undefined)
    throw new CommandError("The emulator has no number.", "Start it with --number.", undefined, REFUSED);
  const keys = press === undefined ? {} : { presses: press, pressesAfterMs: pressAfter * 1_000 };
  return { from, calls, talkMs: talk * 1_000, ...keys };
}

/** Prints what changes from one look at the person to the next. */
function createReporter({ output }: CommandContext) {
  const startedAt = performance.now();
  let before: Pick<PersonView, "captions" | "hears"> & { status?: string } = { captions: [], hears: [] };
  const report = (event: object, words: string): void => {
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    output.event(event);
    output.line(`${output.paint.dim(`${seconds} s`.padStart(7))}  ${words}`);
  };
  return {
    report,
    show({ call, captions, hears }: PersonView): void {
      const sid = call?.sid ?? null;
      if (call && call.status !== before.status)
        report({ event: "call-status", call: sid, status: call.status }, `${call.sid}  ${call.status}`);
      for (const text of captions.slice(before.captions.length))
        report({ event: "said", call: sid, text }, `hears “${text}”`);
      const heard = hears.map(masked);
      if (heard.length > 0 && heard.join() !== before.hears.join() && call?.status === "in-progress")
        report({ event: "hears", call: sid, hears: heard }, `hears ${heard.join(" and ")}`);
      before = { captions, hears: heard, ...(call && { status: call.status }) };
    },
  };
}

interface Followed {
  people: PeopleClient;
  person: PersonView;
  timeoutMs: number;
}

/** Looks at the person until the call is over. @returns undefined when interrupted @throws CommandError if nobody answers */
async function follow(
  { people, person, timeoutMs }: Followed,
  show: (person: PersonView) => void,
  interrupted: AbortSignal,
): Promise<PersonView | undefined> {
  const end = performance.now() + timeoutMs;
  for (let now = person; ; now = await people.see(person.id)) {
    show(now);
    if (now.state === "idle") return now;
    if (interrupted.aborted) return undefined;
    if (now.state === "calling" && performance.now() > end)
      throw new CommandError(
        `Nobody answered within ${timeoutMs / 1_000} s.`,
        "Look at /inspector of the emulator, or pass --timeout to wait longer.",
        undefined,
        LATE,
      );
    await pause(LOOK_MS, undefined, { signal: interrupted }).catch(() => undefined);
  }
}

async function call(people: PeopleClient, flags: TriggerFlags, context: CommandContext): Promise<number> {
  const order = await orderOf(people, flags);
  const { from, calls } = order;
  const reporter = createReporter(context);
  const [caller, callee] = [masked(from), masked(calls)];
  reporter.report({ event: "calls", from: caller, to: callee }, `${caller} calls ${callee}`);
  const person = await people.add(order);
  try {
    const timeoutMs = (flags.timeout ?? TIMEOUT) * 1_000;
    const followed = { people, person, timeoutMs };
    const ended = await follow(followed, (now) => reporter.show(now), context.interrupted);
    if (!ended) return 130;
    const { sid = null, status = "failed" } = ended.call ?? {};
    const ok = status === "completed";
    context.output.event({ event: "outcome", call: sid, status, ok });
    return ok ? 0 : 1;
  } finally {
    // The emulator may have gone.
    await people.remove(person.id).catch(() => undefined);
  }
}

/**
 * A scripted customer rings a running emulator; prints what the customer hears, and how the call ends.
 * @param found the emulator, unless a flag names one
 * @returns the exit code: 0 if the call was answered, else 1; 130 after Ctrl-C
 * @throws CommandError
 */
export async function triggerCall(
  flags: TriggerFlags,
  context: CommandContext,
  found?: string,
): Promise<number> {
  const people = createPeopleClient(flags.emulator ?? found ?? URL_OF_EMULATOR);
  return call(people, flags, context).catch((thrown: unknown) => {
    throw commandError(thrown);
  });
}
