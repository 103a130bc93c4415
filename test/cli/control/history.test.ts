import { expect, it } from "vitest";
import { type OperatorWorld, anOperatorWorld } from "../support/operator-world.ts";

/** A call that was transferred and has ended. */
async function aCallHasEnded(): Promise<OperatorWorld> {
  const world = await anOperatorWorld();
  const [agent1, agent2] = await world.agents("agent1", "agent2");
  const customer = await world.talk(agent1!);
  await agent1!.transfersTo("agent2");
  await agent2!.answers();
  await agent1!.hangsUp();
  customer.hangUp();
  await world.settle();
  return world;
}

it("tells of ended calls: waiting, talking, transfers, who ended it", async () => {
  const { desk } = await aCallHasEnded();
  const { code, stdout } = await desk.type("history");
  expect(code).toBe(0);
  const [head, row, ...rest] = stdout.split("\n").map((line) => line.split(/ {2,}/));
  expect(head).toEqual(["ENDED", "CALL", "CUSTOMER", "WAITED", "TALKED", "ENDED BY", "AGENTS", "TRANSFERS"]);
  expect(row!.slice(2)).toEqual([
    "+155…11",
    expect.stringMatching(/^0:\d\d$/),
    expect.stringMatching(/^0:\d\d$/),
    "customer",
    "agent1, agent2",
    "agent1 → agent2 completed",
  ]);
  expect(rest).toEqual([[""]]);
});

it("is one document for programs, numbers masked unless they are wanted", async () => {
  const { desk } = await aCallHasEnded();
  const { json } = await desk.type("history", "--json", "--since", "1h");
  expect(json).toMatchObject({
    since: expect.any(Number) as number,
    calls: [
      {
        customerNumber: "+155…11",
        endedBy: "customer",
        agents: ["agent1", "agent2"],
        transfers: [{ outcome: "completed", reason: null }],
      },
    ],
  });
  expect((await desk.type("history", "--numbers")).stdout).toContain("+15550111111");
});

it("says on stderr that no call has ended", async () => {
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
])("takes no other times: %s", async (since, sentence) => {
  const { desk } = await anOperatorWorld();
  const { code, stderr } = await desk.type("history", "--since", since);
  expect(code).toBe(2);
  expect(stderr).toContain(sentence);
});
