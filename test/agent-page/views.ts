import type { AgentView } from "../../src/server/agent-events.ts";
import type { CallView, Colleague, LegView, StoryEntry, TransferView } from "../../src/server/control-api.ts";
import { CUSTOMER_NUMBER, callView, legView, transferView } from "../support/views.ts";

/** Views as the server would send them to agent1, in a call of +15550100123 that began at NOON. */
export const NOON = Date.UTC(2026, 0, 15, 12, 0, 0);
const at = (second: number): number => NOON + second * 1_000;

export const colleague = (state: Colleague["state"], id = "agent2", name = "Agent 2"): Colleague => ({
  id,
  name,
  state,
});

export const customer: LegView = legView({ since: at(0) });

/** `apart`: what an operator has done to a party. */
type Apart = Partial<Pick<LegView, "onHold" | "muted" | "mutedSelf" | "leaving">>;

export const agentLeg = (n: 1 | 2, state: LegView["state"], since = at(9), apart: Apart = {}): LegView =>
  legView({
    label: `agent${n}-1`,
    kind: "agent",
    name: `Agent ${n}`,
    agent: `agent${n}`,
    state,
    since,
    ...apart,
  });

export const entry = (event: StoryEntry["event"], second: number, who?: 1 | 2): StoryEntry => ({
  at: at(second),
  event,
  label: who ? `agent${who}-1` : null,
  agent: who ? `agent${who}` : null,
  agentName: who ? `Agent ${who}` : null,
  reason: null,
});

export const transfer = (change: Partial<TransferView> = {}): TransferView =>
  transferView({ startedAt: at(10), phaseSince: at(10), ...change });

export const call = (change: Partial<CallView> = {}): CallView =>
  callView({
    startedAt: at(0),
    legs: [customer, agentLeg(1, "joined")],
    story: [
      entry("customer-called", 0),
      entry("agent-dialled", 1, 1),
      entry("agent-ringing", 2, 1),
      entry("agent-joined", 9, 1),
    ],
    ...change,
  });

export const view = (change: Partial<AgentView> = {}): AgentView => ({
  agent: { id: "agent1", name: "Agent 1" },
  state: "free",
  takesCalls: true,
  colleagues: [colleague("free")],
  call: null,
  label: null,
  missed: [],
  ...change,
});

/** As wide as a caller, a name and a failure can get: a SIP address, and 60 characters without a space. */
const ADDRESS = `sip:${"a".repeat(90)}@${"trunk.".repeat(5)}example.com`;
const LONG_NAME = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenkasse";
const longWords = (shown: AgentView): AgentView =>
  JSON.parse(
    JSON.stringify(shown).replaceAll(CUSTOMER_NUMBER, ADDRESS).replaceAll("Agent 2", LONG_NAME),
  ) as AgentView;

/** The named moments of a warm transfer, as agent1's page sees them, and one as agent2's. */
export const moments = {
  free: view(),
  /** Calls were missed, one of them from a long address. */
  missed: view({
    missed: [
      { id: "2", customerKind: "address", customerNumber: ADDRESS, rangAt: at(120), reason: "no-answer" },
      { id: "1", customerKind: "withheld", customerNumber: "", rangAt: at(60), reason: "customer-left" },
    ],
  }),
  ringing: view({
    state: "ringing",
    label: "agent1-1",
    call: call({
      state: "waiting",
      legs: [customer, agentLeg(1, "ringing", at(2))],
      story: [entry("customer-called", 0), entry("agent-ringing", 2, 1)],
    }),
  }),
  talking: view({ state: "in-call", label: "agent1-1", call: call() }),
  alone: view({
    state: "in-call",
    label: "agent1-1",
    call: call({ legs: [customer, agentLeg(1, "joined", at(9), { leaving: "ends-call" })] }),
  }),
  transferring: view({
    state: "in-call",
    label: "agent1-1",
    colleagues: [colleague("ringing")],
    call: call({
      state: "transferring",
      legs: [customer, agentLeg(1, "joined"), agentLeg(2, "ringing", at(60))],
      transfer: transfer(),
      story: [...call().story, entry("transfer-started", 58, 2), entry("agent-ringing", 60, 2)],
    }),
  }),
  joined: view({
    state: "in-call",
    label: "agent1-1",
    colleagues: [colleague("in-call")],
    call: call({
      state: "transferring",
      legs: [customer, agentLeg(1, "joined"), agentLeg(2, "joined", at(64))],
      transfer: transfer({ phase: "together" }),
      story: [...call().story, entry("transfer-started", 58, 2), entry("agent-joined", 64, 2)],
    }),
  }),
  declined: view({
    state: "in-call",
    label: "agent1-1",
    call: call({
      transfer: transfer({ phase: "ended", outcome: "failed", reason: "declined" }),
      story: [
        ...call().story,
        { ...entry("agent-not-reached", 66, 2), reason: "declined" },
        { ...entry("transfer-failed", 66, 2), reason: "declined" },
      ],
    }),
  }),
  offered: view({
    state: "ringing",
    label: "agent1-1",
    colleagues: [colleague("in-call")],
    call: call({
      state: "transferring",
      legs: [customer, agentLeg(2, "joined"), agentLeg(1, "ringing")],
      transfer: transfer({
        from: "agent2",
        fromName: "Agent 2",
        to: "agent1",
        toName: "Agent 1",
        target: "agent1-1",
      }),
    }),
  }),
  /** An operator has done this to the customer, to agent1 or to both. */
  apart: (toCustomer: Apart, toAgent: Apart = {}) =>
    view({
      state: "in-call",
      label: "agent1-1",
      call: call({ legs: [{ ...customer, ...toCustomer }, agentLeg(1, "joined", at(9), toAgent)] }),
    }),
  /** agent1 has left, and the customer goes on with agent2. */
  without: (outcome: TransferView["outcome"]) =>
    view({
      label: "agent1-1",
      colleagues: [colleague("in-call")],
      call: call({
        legs: [customer, agentLeg(2, "joined", at(64))],
        transfer: transfer({
          phase: outcome ? "ended" : "together",
          outcome,
          from: outcome ? "agent1" : "agent2",
        }),
        story: [...call().story, entry("agent-joined", 64, 2), entry("agent-left", 70, 1)],
      }),
    }),
  over: view({
    label: "agent1-1",
    call: call({
      state: "ended",
      endedAt: at(120),
      legs: [],
      story: [
        ...call().story,
        entry("customer-left", 120),
        { ...entry("call-ended", 120), reason: "customer" },
      ],
    }),
  }),
};

/** The same moments with everything as long as it can get. */
export const longMoments = {
  missed: longWords({ ...moments.missed, colleagues: moments.free.colleagues }),
  ringing: longWords(moments.ringing),
  offered: longWords(moments.offered),
  talking: longWords(moments.talking),
  joined: longWords(moments.joined),
  declined: longWords(moments.declined),
};
