import type { Command, Fact } from "../call/inputs.ts";
import { agentOf, dialledLegs, isStaying } from "../call/legs.ts";
import { openTransferOf } from "../call/rules/transfers.ts";
import type { Action, CallId, CallRecord, Time } from "../call/types.ts";
import { type RecordedDial, isAskedBy } from "./asked.ts";
import type { Request } from "./call-file.ts";
import { type Rules, actionsOf } from "./rules.ts";

/** Something that the file does not hold: what a person asked for, or what an agent's page reported. */
export type Guess = Command | Fact;

/** How well actions fit what the server asked Twilio: two for each that it asked, minus one for each that it did not. */
function fitOf(actions: readonly Action[], requests: readonly Request[]): number {
  const left = [...requests];
  let fit = 0;
  for (const action of actions) {
    const found = left.findIndex((request) => isAskedBy(action, request));
    if (found === -1) fit -= 1;
    else {
      left.splice(found, 1);
      fit += 2;
    }
  }
  return fit;
}

const MODES = ["three-way", "consult", "blind"] as const;
const CHANGES = ["hold", "unhold", "mute", "unmute", "remove"] as const;

/** What may have happened, the likeliest first: of equally good ones, the first is taken. */
function guessesAbout(record: CallRecord, dials: readonly RecordedDial[], at: Time): Guess[] {
  const present = dialledLegs(record).filter(isStaying);
  const agents = present.map(agentOf).filter((agent) => agent !== null);
  const only = agents.length === 1 ? (agents[0] ?? null) : null;
  const dial = dials.find(({ label }) => record.legs.every((leg) => leg.label !== label));
  const to = dial?.party.kind === "outside" ? dial.party : dial?.party.agent;
  const transfers = to ? MODES.map((mode): Guess => ({ kind: "start-transfer", by: null, to, mode })) : [];
  const steering = openTransferOf(record)
    ? (["complete-transfer", "bring-together", "swap-transfer", "cancel-transfer"] as const)
    : [];
  return [
    { kind: "agents-changed", at },
    ...transfers,
    ...steering.map((kind): Guess => ({ kind, by: null })),
    ...agents.map((by): Guess => ({ kind: "leave", by })),
    { kind: "end-call", by: only },
    ...record.legs.flatMap(({ label }) =>
      CHANGES.map((change): Guess => ({ kind: "change-participant", label, change })),
    ),
    ...present.map(({ label }): Guess => ({ kind: "line-lost", at, label })),
    ...present.map(({ label }): Guess => ({ kind: "window-gone", at, label })),
  ];
}

interface Situation {
  rules: Rules;
  call: CallId;
  at: Time;
  /** What the server asked Twilio from now on, as far as nothing explains it yet. */
  requests: readonly Request[];
  /** The dials among them. */
  dials: readonly RecordedDial[];
}

/** The likeliest reason for the first of the requests; undefined if nothing explains it. */
export function guessReason({ rules, call, at, requests, dials }: Situation): Guess | undefined {
  const record = rules.get(call);
  const [first] = requests;
  if (!record || !first) return undefined;
  let best: { guess: Guess; fit: number } | undefined;
  for (const guess of guessesAbout(record, dials, at)) {
    const { decision } = rules.copy().submit(call, guess, at);
    const explains = decision.actions.some((action) => isAskedBy(action, first));
    const fit = fitOf(decision.actions, requests);
    if (decision.refusal === null && explains && fit > (best?.fit ?? 0)) best = { guess, fit };
  }
  return best?.guess;
}

/**
 * Whether the agent at a leg that leaves had said so on the page, which the server hears before Twilio's callback: the leave or the end
 * of the call that fits better what the server then asked. Undefined: it had not, as far as the file shows.
 */
export function guessGoodbye(
  { rules, call, at, requests }: Situation,
  label: string,
  fact: Fact,
): Guess | undefined {
  const leg = rules.get(call)?.legs.find((one) => one.label === label);
  const by = leg && isStaying(leg) ? agentOf(leg) : null;
  if (by === null) return undefined;
  const fit = (guess?: Guess): number => {
    const trial = rules.copy();
    const said = guess ? [trial.submit(call, guess, at)] : [];
    if (said.some(({ decision }) => decision.refusal !== null)) return Number.NEGATIVE_INFINITY;
    return fitOf(actionsOf([...said, trial.submit(call, fact, at)]), requests);
  };
  const silent = fit();
  const goodbyes: Guess[] = [
    { kind: "leave", by },
    { kind: "end-call", by },
  ];
  const [best] = goodbyes.map((guess) => ({ guess, fit: fit(guess) })).toSorted((a, b) => b.fit - a.fit);
  return best && best.fit > silent ? best.guess : undefined;
}
