import type { CallView, LegView, TransferView } from "../../src/server/control-api.ts";

export const CUSTOMER_NUMBER = "+15550100123";

/** A leg in the conference: the customer's, unless `change` names another party. */
export const legView = (change: Partial<LegView> = {}): LegView => ({
  label: "customer",
  kind: "customer",
  name: CUSTOMER_NUMBER,
  agent: null,
  state: "joined",
  onHold: false,
  muted: false,
  mutedSelf: false,
  leaving: null,
  since: 0,
  ...change,
});

/** A three-way transfer from agent1, while agent2 rings. */
export const transferView = (change: Partial<TransferView> = {}): TransferView => ({
  id: "1",
  from: "agent1",
  fromName: "Agent 1",
  to: "agent2",
  toName: "Agent 2",
  target: "agent2-1",
  mode: "three-way",
  phase: "ringing",
  isSwapped: false,
  note: null,
  startedAt: 0,
  endedAt: null,
  phaseSince: 0,
  phaseSeconds: { ringing: 0, consulting: 0, together: 0 },
  outcome: null,
  reason: null,
  ...change,
});

/** A live call, without legs and without a transfer. */
export const callView = (change: Partial<CallView> = {}): CallView => ({
  id: "CA00000000000000000000000000000001",
  customerKind: "number",
  customerNumber: CUSTOMER_NUMBER,
  conferenceSid: null,
  startedAt: 0,
  endedAt: null,
  message: null,
  state: "talking",
  legs: [],
  transfer: null,
  transfers: [],
  story: [],
  ...change,
});
