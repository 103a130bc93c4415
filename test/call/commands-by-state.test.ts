import { expect, it } from "vitest";
import type { Command, ParticipantChange } from "../../src/call/inputs.ts";
import type { Label } from "../../src/call/types.ts";
import { type Scene, agentId, scene, talking } from "./support/scene.ts";

const AGENTS = ["agent1", "agent2", "agent3"];

function transferRings(): Scene {
  const s = talking();
  s.transfers("agent1", "agent2");
  s.rings("agent2-1");
  return s;
}

function allTalk(): Scene {
  const s = transferRings();
  s.joins("agent2-1");
  return s;
}

const change = (s: Scene, label: string, what: ParticipantChange) =>
  s.asks({ kind: "change-participant", label: label as Label, change: what });

const STATES: Record<string, () => Scene> = {
  waits() {
    const s = scene();
    AGENTS.forEach((agent) => s.signsOut(agent));
    s.customerCalls();
    AGENTS.slice(1).forEach((agent) => s.signsIn(agent));
    s.doesNotTake("agent2-1", "declined");
    s.doesNotTake("agent3-1", "declined");
    return s;
  },
  rings() {
    const s = scene();
    s.customerCalls();
    s.rings("agent1-1");
    return s;
  },
  talks: talking,
  held() {
    const s = talking();
    change(s, "agent1-1", "hold");
    return s;
  },
  target: transferRings,
  early() {
    const s = transferRings();
    s.leaves("agent1-1");
    return s;
  },
  three: allTalk,
  leaving() {
    const s = allTalk();
    change(s, "agent1-1", "remove");
    return s;
  },
  handed() {
    const s = allTalk();
    s.leaves("agent1-1");
    return s;
  },
  ended() {
    const s = talking();
    s.leaves("customer");
    return s;
  },
};

const COMMANDS: Record<string, Command> = {
  "operator transfers": { kind: "start-transfer", by: null, to: agentId("agent3"), mode: "three-way" },
  "agent1 transfers": {
    kind: "start-transfer",
    by: agentId("agent1"),
    to: agentId("agent3"),
    mode: "three-way",
  },
  "operator completes": { kind: "complete-transfer", by: null },
  "agent1 completes": { kind: "complete-transfer", by: agentId("agent1") },
  "operator cancels": { kind: "cancel-transfer", by: null },
  "agent1 cancels": { kind: "cancel-transfer", by: agentId("agent1") },
  "operator ends": { kind: "end-call", by: null },
  "agent1 ends": { kind: "end-call", by: agentId("agent1") },
};

function commandOf(name: string): Command {
  const known = COMMANDS[name];
  if (known) return known;
  const [label, what] = name.split(" ");
  return { kind: "change-participant", label: label as Label, change: what as ParticipantChange };
}

/** One row per command, one column per state; a dot is a command that is carried out. */
const TABLE = `
                    | waits | rings | talks | held | target | early | three | leaving | handed | ended
operator transfers  | no-agent | no-agent | . | . | transfer-open | transfer-open | transfer-open | transfer-open | . | call-ended
agent1 transfers    | not-in-call | not-in-call | . | . | transfer-open | not-in-call | transfer-open | not-in-call | not-in-call | call-ended
operator completes  | no-transfer | no-transfer | no-transfer | no-transfer | target-not-joined | target-not-joined | . | . | no-transfer | call-ended
agent1 completes    | not-in-call | not-in-call | no-transfer | no-transfer | target-not-joined | not-in-call | . | . | not-in-call | call-ended
operator cancels    | no-transfer | no-transfer | no-transfer | no-transfer | . | . | . | completing | no-transfer | call-ended
agent1 cancels      | not-in-call | not-in-call | no-transfer | no-transfer | . | not-in-call | . | completing | not-in-call | call-ended
operator ends       | . | . | . | . | . | . | . | . | . | call-ended
agent1 ends         | not-in-call | not-in-call | . | . | . | not-in-call | . | not-in-call | not-in-call | call-ended
customer hold       | no-agent | no-agent | . | . | . | no-agent | . | . | . | call-ended
customer mute       | no-agent | no-agent | . | . | . | no-agent | . | . | . | call-ended
customer unhold     | . | . | . | . | . | . | . | . | . | call-ended
customer unmute     | . | . | . | . | . | . | . | . | . | call-ended
customer remove     | is-customer | is-customer | is-customer | is-customer | is-customer | is-customer | is-customer | is-customer | is-customer | call-ended
agent1-1 hold       | no-such-participant | not-joined | . | . | . | not-joined | . | not-joined | not-joined | call-ended
agent1-1 remove     | no-such-participant | not-joined | last-agent | last-agent | last-agent | not-joined | . | . | not-joined | call-ended
agent2-1 mute       | not-joined | no-such-participant | no-such-participant | no-such-participant | not-joined | not-joined | . | . | . | call-ended
agent2-1 remove     | not-joined | no-such-participant | no-such-participant | no-such-participant | not-joined | not-joined | . | last-agent | last-agent | call-ended
`;

const [head, ...rows] = TABLE.trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));
const states = (head ?? []).filter((cell) => cell !== "");
const cells = rows.flatMap(([command = "", ...codes]) =>
  codes.map((code, index) => [command, states[index] ?? "", code] as const),
);

it("has a cell for each command in each state", () => {
  expect(states).toEqual(Object.keys(STATES));
  expect(rows.map((row) => row.length)).toEqual(rows.map(() => states.length + 1));
});

it.each(cells)("%s, while the call %s: %s", (command, state, code) => {
  const s = STATES[state]?.() ?? scene();
  const before = s.record;
  s.actions();
  expect(s.asks(commandOf(command))?.code ?? ".").toBe(code);
  // A refused command changes nothing and rings nobody.
  if (code !== ".") expect([s.record, s.actions()]).toEqual([before, []]);
});

it("transfer start is refused while the customer waits for the ringing agent, and says why", () => {
  const s = STATES.rings?.() ?? scene();
  expect(s.asks({ kind: "start-transfer", by: null, to: agentId("agent2"), mode: "three-way" })).toEqual({
    code: "no-agent",
    message: "The customer is waiting: no agent is in this call.",
  });
  s.joins("agent1-1");
  expect(s.record.legs.map(({ label, state }) => `${label} ${state}`)).toEqual([
    "customer joined",
    "agent1-1 joined",
  ]);
});
