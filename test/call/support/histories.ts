import type { Fact } from "../../../src/call/inputs.ts";
import type { CallRecord, Label, Leg } from "../../../src/call/types.ts";
import { OUTSIDE, SETTINGS, type Scene, agentId, scene } from "./scene.ts";

/** What people did in a call; `pause` lets some time pass. */
export type History = (s: Scene, pause: () => void) => void;

/** A failure after which the customer is asked for a message. */
const TAKES_A_MESSAGE = "unreachable";
const AFTER_FAILURE = { ...SETTINGS.afterFailure, [TAKES_A_MESSAGE]: "voicemail" } as const;

function answered(s: Scene, label: string, pause: () => void): void {
  s.rings(label);
  pause();
  s.joins(label);
  pause();
}

function begin(s: Scene, pause: () => void): void {
  s.customerCalls();
  pause();
  answered(s, "agent1-1", pause);
  s.transfers("agent1", "agent2");
  pause();
}

/** Everybody goes, after `first` has hung up. */
function allLeave(s: Scene, first: string, others: readonly string[], pause: () => void): void {
  pause();
  s.leaves(first);
  for (const label of others) s.leaves(label, "conference-ended");
  s.conferenceEnds(first);
}

export const HISTORIES: Record<string, History> = {
  "a completed transfer": (s, pause) => {
    begin(s, pause);
    answered(s, "agent2-1", pause);
    s.leaves("agent1-1");
    allLeave(s, "customer", ["agent2-1"], pause);
  },
  "a completed transfer that the target ends": (s, pause) => {
    begin(s, pause);
    answered(s, "agent2-1", pause);
    s.leaves("agent1-1");
    allLeave(s, "agent2-1", ["customer"], pause);
  },
  "a transfer that goes on to a third agent": (s, pause) => {
    begin(s, pause);
    answered(s, "agent2-1", pause);
    s.leaves("agent1-1");
    s.transfers("agent2", "agent3");
    answered(s, "agent3-1", pause);
    s.leaves("agent2-1");
    allLeave(s, "agent3-1", ["customer"], pause);
  },
  "a customer who hangs up while all three talk": (s, pause) => {
    begin(s, pause);
    answered(s, "agent2-1", pause);
    allLeave(s, "customer", ["agent1-1", "agent2-1"], pause);
  },
  "a target who declines, and the call goes on": (s, pause) => {
    begin(s, pause);
    s.rings("agent2-1");
    pause();
    s.doesNotTake("agent2-1", "declined");
  },
  "a target who does not answer, and agent1 hangs up": (s, pause) => {
    begin(s, pause);
    s.rings("agent2-1");
    pause();
    s.doesNotTake("agent2-1", "no-answer");
    pause();
    s.leaves("agent1-1");
    s.conferenceEnds(null);
    s.leaves("customer", "conference-ended");
  },
  "a customer who abandons a transfer": (s, pause) => {
    begin(s, pause);
    s.rings("agent2-1");
    allLeave(s, "customer", ["agent1-1"], pause);
    s.doesNotTake("agent2-1", "cancelled");
  },
  "agent1 who leaves early, and a target who joins": (s, pause) => {
    begin(s, pause);
    s.rings("agent2-1");
    pause();
    s.leaves("agent1-1");
    pause();
    s.joins("agent2-1");
    allLeave(s, "agent2-1", ["customer"], pause);
  },
  "agent1 who leaves early, and a target who declines": (s, pause) => {
    begin(s, pause);
    s.rings("agent2-1");
    pause();
    s.leaves("agent1-1");
    pause();
    s.doesNotTake("agent2-1", "declined");
  },
  "a transfer that is cancelled while the target answers": (s, pause) => {
    begin(s, pause);
    s.rings("agent2-1");
    s.asks({ kind: "cancel-transfer", by: agentId("agent1") });
    s.joins("agent2-1");
    s.leaves("agent2-1");
    allLeave(s, "agent1-1", ["customer"], pause);
  },
  "agent1 on hold, who leaves": (s, pause) => {
    begin(s, pause);
    s.asks({ kind: "change-participant", label: "agent1-1" as Label, change: "hold" });
    answered(s, "agent2-1", pause);
    s.asks({ kind: "change-participant", label: "agent2-1" as Label, change: "mute" });
    s.leaves("agent1-1");
    allLeave(s, "customer", ["agent2-1"], pause);
  },
  "a target whom an operator removes": (s, pause) => {
    begin(s, pause);
    answered(s, "agent2-1", pause);
    s.asks({ kind: "change-participant", label: "agent2-1" as Label, change: "remove" });
    pause();
    s.leaves("agent2-1", "hung-up");
    pause();
    s.leaves("agent1-1");
    s.conferenceEnds(null);
    s.leaves("customer", "conference-ended");
  },
  "a first agent whom an operator removes": (s, pause) => {
    begin(s, pause);
    answered(s, "agent2-1", pause);
    s.asks({ kind: "change-participant", label: "agent1-1" as Label, change: "remove" });
    s.leaves("agent1-1");
    allLeave(s, "agent2-1", ["customer"], pause);
  },
  "an outside party who takes the call over and hangs up": (s, pause) => {
    begin(s, pause);
    s.doesNotTake("agent2-1", "busy");
    pause();
    s.asks({ kind: "start-transfer", by: null, to: OUTSIDE, mode: "three-way" });
    answered(s, "outside-1", pause);
    s.leaves("agent1-1");
    allLeave(s, "outside-1", ["customer"], pause);
  },
  "an answering machine": (s, pause) => {
    begin(s, pause);
    s.doesNotTake("agent2-1", "busy");
    pause();
    s.asks({ kind: "start-transfer", by: null, to: OUTSIDE, mode: "consult" });
    s.rings("outside-1");
    s.isBriefed("outside-1");
    pause();
    s.refuses("outside-1", "machine");
  },
  "a customer who leaves a message": (s, pause) => {
    begin(s, pause);
    s.rings("agent2-1");
    s.leaves("agent1-1");
    pause();
    s.doesNotTake("agent2-1", TAKES_A_MESSAGE);
    s.conferenceEnds(null);
    s.isReleased();
    pause();
    const message = { recording: `RE${"1".repeat(32)}`, url: "https://api.twilio.com/recording", seconds: 4 };
    s.tell({ kind: "message-left", at: s.now, ...message });
    pause();
    s.leaves("customer");
  },
  "a customer who gives up waiting": (s, pause) => {
    s.customerCalls();
    s.rings("agent1-1");
    allLeave(s, "customer", [], pause);
    s.doesNotTake("agent1-1", "cancelled");
  },
};

function forgetLeg(leg: Leg): Leg {
  const forgotten = { ringingAt: null, answeredAt: null, joinedAt: null, leftAt: null, leftBecause: null };
  const known =
    leg.role === "customer" ? { callSid: leg.callSid, ringingAt: leg.ringingAt } : { callSid: null };
  const state = leg.role === "customer" ? "ringing" : "dialling";
  const told = { ...leg.told, onHold: false, muted: false, hungUp: "no" } as const;
  return { ...leg, ...forgotten, end: null, state, unwanted: false, onHold: false, told, ...known };
}

/** The record of a call with what we did (dials, transfers, cancelling) and nothing of what Twilio told. */
function forgetFacts(record: CallRecord): CallRecord {
  const open = { outcome: null, endedAt: null };
  return {
    ...record,
    conferenceSid: null,
    conferenceEnd: null,
    endedAt: null,
    endedBy: null,
    toldToEnd: false,
    legs: record.legs.map(forgetLeg),
    transfers: record.transfers.map((transfer) => ({ ...transfer, ...open })),
  };
}

/**
 * Plays a history.
 * @param pauses ms, used in turn
 * @returns what we had done, and Twilio's facts, with times in whole seconds as Twilio tells them
 */
export function play(history: History, pauses: readonly number[]): { done: CallRecord; facts: Fact[] } {
  const s = scene(undefined, { afterFailure: AFTER_FAILURE });
  let next = 0;
  history(s, () => s.passes(pauses[next++ % pauses.length] ?? 0));
  const inSeconds = (fact: Fact): Fact => ({ ...fact, at: Math.floor(fact.at / 1000) * 1000 });
  return { done: forgetFacts(s.record), facts: s.facts().map(inSeconds) };
}
