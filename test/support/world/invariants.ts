import type { CallState, ConferenceState, Emulator } from "local-twilio";
import type { AgentEntry, CallView, StoryEntry, TransferView } from "../../../src/server/control-api.ts";
import { isInSilence } from "./silence.ts";

/** A transfer as last shown, with the leg of the agent who started it. */
export interface KnownTransfer extends TransferView {
  call: string;
  starter: string | null;
}

/** Both sides at one moment: what the server shows, and what is so at Twilio. */
export interface Sight extends Twilio {
  calls: readonly CallView[];
  agents: readonly AgentEntry[];
  transfers: readonly KnownTransfer[];
  /** From `followOutcomes`. */
  wrongOutcomes: readonly string[];
  /** Customers whose call Twilio ended, without a sentence before that. */
  cutOff: readonly string[];
}

interface Twilio {
  emulator: Pick<Emulator, "engine">;
  customers: readonly CallState[];
  /** What the server has dialled and is still up. */
  legs: readonly Leg[];
  /** Those that have not ended. */
  conferences: readonly ConferenceState[];
}

interface Rule {
  /** In `docs/invariants.md`. */
  invariant: number;
  /** How long it may be broken, in ms of the world's clock. */
  boundMs: number;
  /** What breaks the rule now, each as a sentence that stays the same while that lasts. */
  breaches(sight: Sight): string[];
}

type Leg = CallState & { customer: string; label: string };

const isUp = ({ endTime }: CallState): boolean => endTime === null;

/** The leg's address names the customer's call and the label. */
function legOf(call: CallState): Leg[] {
  const [, customer, label] = /\/conference\/(CA\w{32})\/connect\/([^?#]+)/.exec(call.voice?.url ?? "") ?? [];
  return customer !== undefined && label !== undefined ? [{ ...call, customer, label }] : [];
}

export function lookAtTwilio(emulator: Pick<Emulator, "engine">): Twilio {
  const { calls, liveConferences } = emulator.engine.world;
  const all = [...calls.values()];
  return {
    emulator,
    customers: all.filter(({ direction }) => direction === "inbound"),
    legs: all.filter(isUp).flatMap(legOf),
    conferences: [...liveConferences.values()],
  };
}

const present = ({ participants }: ConferenceState) =>
  [...participants.values()].filter(({ status }) => status === "connected");

/** Somebody who hears this call, even if muted. */
function hasCompany(sight: Sight, callSid: string): boolean {
  const conference = sight.conferences.find(({ participants }) => participants.has(callSid));
  if (conference?.status !== "in-progress" || conference.participants.get(callSid)?.hold) return false;
  return present(conference).some((other) => other.callSid !== callSid && !other.hold);
}

const hearsPeople = ({ emulator }: Sight, callSid: string): boolean =>
  (emulator.engine.hearing().get(callSid)?.size ?? 0) > 0;

/** A transfer that is over has let go of its target, or of who started it. */
function isLetGo({ transfers }: Sight, { customer, label }: Leg): boolean {
  return transfers.some(({ call, outcome, target, starter }) => {
    if (call !== customer || outcome === null) return false;
    return label === (outcome === "completed" ? starter : target);
  });
}

/** It rings, and the customer talks to somebody whose transfer it is not. */
function ringsInVain(sight: Sight, { status, customer, label }: Leg): boolean {
  if (status === "in-progress" || !hasCompany(sight, customer)) return false;
  return !sight.transfers.some(
    ({ call, target, outcome }) => call === customer && target === label && outcome === null,
  );
}

function whyForNothing(sight: Sight, leg: Leg): string[] {
  const customer = sight.customers.find(({ sid }) => sid === leg.customer);
  if (!customer || !isUp(customer)) return [`${leg.label} is up, and the customer has gone`];
  if (isLetGo(sight, leg)) return [`${leg.label} is up after its transfer`];
  return ringsInVain(sight, leg) ? [`${leg.label} rings, and the customer has an agent`] : [];
}

/** Customers who are on hold before the target of their transfer comes. */
function heldBefore({ transfers }: Sight): string[] {
  return transfers
    .filter(({ mode, phase }) => mode !== "three-way" && (phase === "ringing" || phase === "briefing"))
    .map(({ call }) => call);
}

/** Who must hear nobody: the customer of a consultation, or its target while the agents have changed places. */
function privateLegs(sight: Sight): { who: string; callSid: string }[] {
  return sight.transfers.flatMap(({ call, phase, isSwapped, target }) => {
    if (phase !== "consulting") return [];
    if (!isSwapped) return [{ who: "the customer", callSid: call }];
    const leg = sight.legs.find((each) => each.customer === call && each.label === target);
    return leg ? [{ who: target, callSid: leg.sid }] : [];
  });
}

const isOutcome = (event: string): boolean => /^transfer-(?!started)/.test(event);

type Entry = StoryEntry & { call: string };

/** What is wrong if the call's transfers have not each exactly one outcome, or if two are open. */
function wrongOutcomesOf(events: readonly Entry[]): string[] {
  const outcomes = events.filter(({ event }) => isOutcome(event)).map(({ label }) => label);
  const started = events.filter(({ event }) => event === "transfer-started").map(({ label }) => label);
  const open = started.filter((label) => !outcomes.includes(label));
  const hasEnded = events.some(({ event }) => event === "call-ended");
  return [
    ...(new Set(outcomes).size < outcomes.length ? [`a transfer has two outcomes: ${outcomes.join()}`] : []),
    ...(open.length > 1 ? [`two transfers are open: ${open.join()}`] : []),
    ...(hasEnded && open.length > 0 ? [`the call has ended, and a transfer is open: ${open.join()}`] : []),
  ];
}

/** Returns a function that returns what is wrong with the outcomes now; it reads what was added to the story. */
export function followOutcomes(story: readonly Entry[]): () => string[] {
  const events = new Map<string, Entry[]>();
  const wrong = new Map<string, string[]>();
  let read = 0;
  return () => {
    const news = story.slice(read);
    read = story.length;
    for (const entry of news) events.set(entry.call, [...(events.get(entry.call) ?? []), entry]);
    for (const { call } of news) wrong.set(call, wrongOutcomesOf(events.get(call) ?? []));
    return [...wrong.values()].flat();
  };
}

/** What must hold in every story. A bound is how long Twilio, the network and the server may take to put it right. */
export const RULES = {
  silence: {
    invariant: 1,
    boundMs: 2_000,
    breaches: (sight) =>
      sight.customers
        .filter(({ sid }) => isInSilence(sight.emulator, sid) && !hasCompany(sight, sid))
        .map(({ from }) => `${from} is alone in silence`),
  },
  cutOff: {
    invariant: 2,
    boundMs: 0,
    breaches: ({ cutOff }) => cutOff.map((from) => `the call of ${from} was ended without a sentence`),
  },
  forNothing: {
    invariant: 3,
    boundMs: 5_000,
    breaches: (sight) => sight.legs.flatMap((leg) => whyForNothing(sight, leg)),
  },
  noCustomer: {
    invariant: 3,
    boundMs: 5_000,
    breaches: (sight) =>
      sight.conferences
        .map((conference) => present(conference).map(({ label }) => label ?? ""))
        .filter((labels) => labels.length > 0 && !labels.includes("customer"))
        .map((labels) => `a conference has no customer: ${labels.join()}`),
  },
  staleCall: {
    invariant: 3,
    boundMs: 5_000,
    breaches: (sight) =>
      sight.calls
        .filter(({ id }) => sight.customers.some((call) => call.sid === id && !isUp(call)))
        .map(({ state }) => `the server shows a call as ${state}, and the customer has gone`),
  },
  busyForNothing: {
    invariant: 3,
    boundMs: 5_000,
    breaches: (sight) =>
      sight.agents
        .filter(({ state }) => state === "ringing" || state === "in-call")
        .filter(({ id }) => !sight.legs.some(({ to }) => to.replace(/\?.*$/, "") === `client:${id}`))
        .map(({ id, state }) => `${id} is shown as ${state}, and has no leg`),
  },
  outcomes: { invariant: 4, boundMs: 0, breaches: ({ wrongOutcomes }) => [...wrongOutcomes] },
  oneCall: {
    invariant: 5,
    boundMs: 0,
    breaches: (sight) => {
      const addresses = sight.legs.map(({ to }) => to.replace(/\?.*$/, ""));
      const twice = addresses.filter((to, index) => addresses.indexOf(to) !== index);
      return twice.map((to) => `${to} has two legs`);
    },
  },
  notHeld: {
    invariant: 6,
    boundMs: 0,
    breaches: (sight) =>
      heldBefore(sight)
        .filter((callSid) => hearsPeople(sight, callSid))
        .map(() => "the customer hears an agent, and somebody else is to come first"),
  },
  overheard: {
    invariant: 6,
    boundMs: 0,
    breaches: (sight) =>
      privateLegs(sight)
        .filter(({ callSid }) => hearsPeople(sight, callSid))
        .map(({ who }) => `${who} hears a consultation`),
  },
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;
