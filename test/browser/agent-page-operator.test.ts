import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Seat, type TwoAgents, twoAgents } from "./agent-page/two-agents.ts";
import { startTransfer } from "./support/start-transfer.ts";

/** What an operator does from the command line, as the agents see it. */
describe("the agents' pages while an operator steers their call", () => {
  let world: TwoAgents;
  let one: Seat;
  let two: Seat;

  const change = async (label: string, what: string): Promise<void> =>
    expect(await world.operator("POST", await world.call(`/participants/${label}/${what}`))).toBe(200);
  const transfer = async (rest: string, body?: object): Promise<void> =>
    expect(await world.operator("POST", await world.call(`/transfer${rest}`), body)).toBe(200);
  const colleagues = (seat: Seat) => seat.page.locator("#colleagues .name").allInnerTexts();

  beforeAll(async () => {
    world = await twoAgents();
    ({ one, two } = world);
  });
  afterAll(() => world?.close());

  it("a new colleague is shown at once, and one who is removed is gone", async () => {
    await one.status("Ready");
    expect(await world.operator("POST", "/api/agents", { id: "agent3", name: "Cleo" })).toBe(201);
    await expect.poll(() => colleagues(one)).toEqual(["Agent 2", "Cleo"]);
    expect(await world.operator("DELETE", "/api/agents/agent3")).toBe(204);
    await expect.poll(() => colleagues(one)).toEqual(["Agent 2"]);
  });

  it("the customer is put on hold, and comes back", async () => {
    await world.talk();
    await change("customer", "hold");
    await expect.poll(one.people).toEqual(["Customer: On hold", "You: On the line"]);
    await change("customer", "unhold");
    await expect.poll(one.people).toEqual(["Customer: On the line", "You: On the line"]);
    expect(await one.notices()).toEqual([]);
  });

  it("the agent is muted and put on hold, and is told so for as long as it lasts", async () => {
    await change("agent1-1", "mute");
    await expect.poll(one.notices).toEqual(["An operator muted you"]);
    expect(await one.people()).toEqual(["Customer: On the line", "You: Muted by an operator"]);
    expect(await one.button("Mute").getAttribute("aria-pressed")).toBe("false");
    await change("agent1-1", "hold");
    await expect.poll(one.notices).toEqual(["You are on hold"]);
    await change("agent1-1", "unmute");
    await change("agent1-1", "unhold");
    await expect.poll(one.notices).toEqual([]);
  });

  it("a transfer is started and cancelled for the agent", async () => {
    await transfer("", { to: "agent2" });
    await one.page.getByText("It is ringing at Agent 2.").waitFor();
    await two.button("Answer").waitFor();
    await transfer("/cancel");
    await expect.poll(one.notices).toEqual(["The transfer to Agent 2 was cancelled.!"]);
    await two.status("Ready");
    expect((await one.log()).at(-1)).toBe("The transfer to Agent 2 was cancelled.");
  });

  it("a transfer is completed for the agent, who is told who has the call", async () => {
    await transfer("", { to: "agent2" });
    await two.button("Answer").click();
    await expect.poll(one.people).toContain("Agent 2: On the line");
    await transfer("/complete");
    await one.status("Ready");
    await expect.poll(one.notices).toEqual(["Agent 2 has the call now"]);
    await expect.poll(one.log).toContain("The transfer to Agent 2 is complete.");
    expect(await two.notices()).toEqual([]);
  });

  it("an agent is taken out of the call, and is told that it goes on", async () => {
    await startTransfer(two.page, "Agent 1");
    await one.button("Answer").click();
    await expect.poll(two.people).toContain("Agent 1: On the line");
    expect(await one.notices()).toEqual([]);
    await change("agent1-2", "remove");
    await one.status("Ready");
    await expect.poll(one.notices).toEqual(["You are no longer in the call"]);
    await expect.poll(two.notices).toEqual(["The transfer to Agent 1 was cancelled.!"]);
  });

  it("the call is ended: who was in it is told so, and who was taken out before is told only that", async () => {
    expect(await world.operator("POST", await world.call("/end"))).toBe(200);
    for (const agent of [one, two]) {
      await agent.status("Ready");
      await expect.poll(agent.log).toContain("An operator ended the call.");
    }
    expect(await one.notices()).toEqual(["You are no longer in the call"]);
    await expect
      .poll(two.notices)
      .toEqual(["The transfer to Agent 1 was cancelled.!", "An operator ended the call."]);
  });

  it("an agent is removed: signed out, off the line, and at peace", async () => {
    expect(await world.operator("DELETE", "/api/agents/agent2")).toBe(204);
    await expect.poll(two.notices).toEqual(["An operator has signed you out!"]);
    await two.status("Signed out");
    await expect.poll(() => two.lines.every((line) => line.isClosed())).toBe(true);
    await expect.poll(() => colleagues(one)).toEqual([]);
    const asked: string[] = [];
    two.page.on("request", (request) => asked.push(request.url()));
    await two.page.clock.fastForward(120_000);
    await two.page.evaluate(() => undefined);
    expect(asked).toEqual([]);
    expect([...one.complaints, ...two.complaints]).toEqual([]);
  });
});
