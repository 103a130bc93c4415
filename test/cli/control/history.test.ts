import { expect, it } from "vitest";
import type { CallView } from "../../../src/server/control-api.ts";
import { type OperatorWorld, anOperatorWorld } from "../support/operator-world.ts";

/**
 * A call that has ended after two transfers: agent2 leaves before a three-way transfer is complete, then a consultation succeeds.
 * Twilio's times are whole seconds, and so are these.
 */
async function aCallHasEnded(): Promise<OperatorWorld> {
  const world = await anOperatorWorld();
  await world.clock.advance(1000 - (world.clock.now() % 1000));
  const [agent1, agent2] = await world.agents("agent1", "agent2");
  const customer = await world.talk(agent1!);
  const operator = async (...words: string[]) => {
    expect(await world.desk.type("transfer", ...words)).toMatchObject({ code: 0 });
    await world.settle();
  };
  const pass = (seconds: number) => world.clock.advance(seconds * 1000);
  await pass(10);
  await operator("start", "--to", "agent2");
  await pass(5);
  await agent2!.answers();
  await pass(20);
  await agent2!.hangsUp();
  await operator("start", "--to", "agent2", "--mode", "consult", "--note", "Order 17");
  await pass(4);
  await agent2!.answers();
  await pass(90);
  await operator("bring-together");
  await pass(30);
  await operator("complete");
  customer.hangUp();
  await world.settle();
  return world;
}

it("shows an ended call's waiting time, talk time and transfers, and who ended it", async () => {
  const { desk } = await aCallHasEnded();
  const { code, stdout } = await desk.type("history");
  expect(code).toBe(0);
  const [head, row, ...transfers] = stdout.trimEnd().split("\n");
  expect(head!.split(/ {2,}/)).toEqual([
    "ENDED",
    "CALL",
    "CUSTOMER",
    "WAITED",
    "TALKED",
    "ENDED BY",
    "AGENTS",
  ]);
  expect(row!.split(/ {2,}/).slice(2)).toEqual([
    "+155…11",
    "0:00",
    // 10 s with agent1, 5 and 20 in the first transfer, 30 of all three.
    "1:05",
    "customer",
    "agent1, agent2",
  ]);
  expect(transfers).toEqual([
    "  agent1 → agent2, three-way, failed (target-left): ringing 0:05, together 0:20",
    "  agent1 → agent2, consult, completed: ringing 0:04, consulting 1:30, together 0:30",
    "  Note: Order 17",
  ]);
});

it("history and conferences show list the transfers of an ended call", async () => {
  const { desk } = await aCallHasEnded();
  const { json } = await desk.type("history", "--json");
  const [{ id }] = json.calls as [{ id: string }];
  const shown = await desk.type("conferences", "show", id);
  expect(shown.stdout).toMatch(
    /\nTransfer +agent1 → agent2, three-way, failed \(target-left\): ringing 0:05, together 0:20\nTransfer +agent1 → agent2, consult, completed: ringing 0:04, consulting 1:30, together 0:30\nNote +Order 17\n/,
  );
  const { call } = (await desk.type("conferences", "show", id, "--json")).json as { call: CallView };
  expect(call.transfers).toMatchObject([
    { mode: "three-way", outcome: "failed", reason: "target-left", note: null },
    {
      mode: "consult",
      outcome: "completed",
      note: "Order 17",
      phaseSeconds: { consulting: 90, together: 30 },
    },
  ]);
});

it("prints one JSON document with --json, and masks numbers without --numbers", async () => {
  const { desk } = await aCallHasEnded();
  const { json } = await desk.type("history", "--json", "--since", "1h");
  expect(json).toMatchObject({
    since: expect.any(Number) as number,
    calls: [
      {
        customerNumber: "+155…11",
        endedBy: "customer",
        agents: ["agent1", "agent2"],
        transfers: [
          {
            mode: "three-way",
            outcome: "failed",
            reason: "target-left",
            note: null,
            phaseSeconds: { ringing: 5, consulting: 0, together: 20 },
          },
          {
            mode: "consult",
            outcome: "completed",
            reason: null,
            note: "Order 17",
            phaseSeconds: { ringing: 4, consulting: 90, together: 30 },
          },
        ],
      },
    ],
  });
  expect((await desk.type("history", "--numbers")).stdout).toContain("+15550111111");
});

it("reports on stderr that no call has ended", async () => {
  const { desk } = await anOperatorWorld();
  const { code, stdout, stderr } = await desk.type("history", "--since", "2026-01-31");
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toBe("No calls have ended since 2026-01-31 00:00:00.\n");
});

it.each([
  ["yesterday", "Pass a duration, as in 30m, 1h or 2d, or a date"],
  ["10", "Pass a duration"],
  ["2026-02-31", "Pass a duration"],
  ["2999-01-01", "That is in the future."],
])("refuses the time %s", async (since, sentence) => {
  const { desk } = await anOperatorWorld();
  const { code, stderr } = await desk.type("history", "--since", since);
  expect(code).toBe(2);
  expect(stderr).toContain(sentence);
});
