import { describe, expect, it } from "vitest";
import { anOperatorWorld } from "../support/operator-world.ts";

async function twoCalls() {
  const world = await anOperatorWorld();
  const [agent1, agent2] = await world.agents("agent1", "agent2");
  await world.talk(agent1!, "+15550111111");
  await world.talk(agent2!, "+15550122222");
  return world;
}

describe("participants list", () => {
  it("lists a call's participants with their labels", async () => {
    const { desk, calls } = await twoCalls();
    const [first] = await calls();
    const { code, stdout } = await desk.type("participants", "list", first!.slice(-6));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^LEG +WHO +STATE +FOR\ncustomer +\+155…11 +joined +\S+\nagent1-1 +agent1 +joined +\S+\n$/,
    );
    const { json } = await desk.type("participants", "list", first!, "--json");
    expect(json).toMatchObject({
      call: { id: first },
      participants: [{ name: "+155…11" }, { label: "agent1-1" }],
    });
  });
});

describe("participants hold, unhold, mute, unmute, remove", () => {
  it("find the call by the participant, when only one call has that label", async () => {
    const { desk, calls, settle } = await twoCalls();
    const [, second] = await calls();
    const { code, json } = await desk.type("participants", "mute", "agent2", "--json");
    await settle();
    expect(code).toBe(0);
    expect(json).toMatchObject({
      call: { id: second, customerNumber: "+155…22" },
      participant: { label: "agent2-1", muted: true },
    });
  });

  it.each([
    [
      "hold",
      "agent1-1",
      "agent1 (agent1-1) is on hold.\n",
      { onHold: true },
      "agent1 (agent1-1) is off hold.\n",
    ],
    ["mute", "agent1", "agent1 (agent1-1) is muted.\n", { muted: true }, "agent1 (agent1-1) is unmuted.\n"],
    [
      "hold",
      "customer",
      "+155…11 (customer) is on hold.\n",
      { onHold: true },
      "+155…11 (customer) is off hold.\n",
    ],
  ])("report what they changed: %s %s", async (change, who, sentence, after, undone) => {
    const { desk, calls, settle, server } = await twoCalls();
    const [first] = await calls();
    const typed = await desk.type("participants", change, first!.slice(-6), who);
    await settle();
    expect(typed).toMatchObject({ code: 0, stdout: sentence, stderr: "" });
    const leg = (await server.calls())[0]!.legs.find(({ label, agent }) => label === who || agent === who);
    expect(leg).toMatchObject(after);
    const undo = await desk.type("participants", `un${change}`, first!.slice(-6), who);
    expect(undo).toMatchObject({ code: 0, stdout: undone });
  });

  it("remove a participant from the call", async () => {
    const { desk, agents, talk, settle, whoHearsWhom } = await anOperatorWorld();
    const [agent1, agent2] = await agents("agent1", "agent2");
    await talk(agent1!);
    await agent1!.transfersTo("agent2");
    await agent2!.answers();
    expect(await desk.type("participants", "remove", "agent2")).toMatchObject({
      code: 0,
      stdout: "agent2 (agent2-1) was removed from the call.\n",
    });
    await settle();
    expect(whoHearsWhom()).toEqual(["customer hears agent1", "agent1 hears customer"]);
  });

  it.each([
    [["hold"], 2, "No leg was named."],
    [["hold", "customer"], 2, "Several calls match."],
    [["hold", "nobody"], 3, 'There is no "nobody" in any live call.'],
    [["remove", "agent1"], 3, "agent"],
    [["sing", "agent1"], 2, "Unknown command 'sing'."],
  ])("report the reason for a refusal: %j", async (words, code, sentence) => {
    const { desk } = await twoCalls();
    const typed = await desk.type("participants", ...words);
    expect(typed).toMatchObject({ code, stdout: "" });
    expect(typed.stderr).toMatch(/error: [^]*\nhint: /);
    expect(typed.stderr).toContain(sentence);
  });

  it("list the participants of the named call", async () => {
    const { desk, calls } = await twoCalls();
    const [first] = await calls();
    expect(await desk.type("participants", "hold", first!, "agent2")).toMatchObject({
      code: 3,
      stderr: 'error: There is no "agent2" in this call.\nhint: Its legs: customer, agent1-1.\n',
    });
  });
});
