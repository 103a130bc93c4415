import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Seat, type TwoAgents, twoAgents } from "./agent-page/two-agents.ts";
import { startTransfer } from "./support/start-transfer.ts";

/** agent1 talks, agent2 waits for calls; the server goes and comes back. */
describe("the agents' pages while their server is away", () => {
  let world: TwoAgents;
  let one: Seat;
  let two: Seat;

  const token = ({ page }: Seat) => page.waitForResponse((answer) => answer.url().includes("/token/"));
  const link = (seat: Seat) => seat.page.getByText("new sign-in link");

  beforeAll(async () => {
    world = await twoAgents();
    ({ one, two } = world);
  });
  afterAll(() => world?.close());

  it("who talks is told nothing when it is only started again", async () => {
    await world.talk();
    await world.stop();
    await two.status("Connection lost");
    expect(await one.notices()).toEqual([]);
    await world.startAgain();
    await two.status("Ready");
    expect(await two.notices()).toEqual([]);
    expect(await one.notices()).toEqual([]);
    await one.status("In a call");
    expect(await one.people()).toEqual(["Customer: On the line", "You: On the line"]);
    expect(world.customer.state).toBe("talking");
  });

  it("the line was never cut, and the old session renews its token in time", async () => {
    for (const { lines } of [one, two]) {
      expect(lines).toHaveLength(1);
      expect(lines.every((line) => line.isClosed())).toBe(false);
    }
    const renewed = token(one);
    await one.page.clock.fastForward("55:00");
    expect((await renewed).status()).toBe(200);
    await one.status("In a call");
  });

  it("a longer absence is told calmly, and that is taken back when it is over", async () => {
    await world.stop();
    await expect.poll(one.notices).toEqual(["The server is not answering; your call continues"]);
    expect(await two.notices()).toEqual(["The server does not answer!"]);
    expect(await link(one).count()).toBe(0);
    await world.startAgain();
    await expect.poll(one.notices).toEqual([]);
    await two.status("Ready");
  });

  it("after a minute it may have moved: the way on is a new link", async () => {
    await world.stop();
    await two.status("Connection lost");
    // So long, in fact, that the line's token was to be renewed meanwhile.
    for (const { page } of [one, two]) await page.clock.fastForward("56:00");
    await link(one).waitFor();
    await link(two).waitFor();
    expect(await one.notices()).toEqual(["The server is not answering; your call continues"]);
    expect(await two.notices()).toEqual(["This page cannot reach the server!"]);
    const renewed = [token(one), token(two)];
    await world.startAgain();
    for (const answer of renewed) expect((await answer).status()).toBe(200);
    await expect.poll(one.notices).toEqual([]);
    await two.status("Ready");
  });

  it("the call is then transferred as if nothing had happened", async () => {
    await startTransfer(one.page, "Agent 2");
    await two.button("Answer").click();
    await one.page.getByText("The others stay connected").waitFor();
    await one.button("Leave").click();
    await one.status("Ready");
    await two.status("In a call");
    expect(await one.notices()).toEqual([]);
    world.customer.hangUp();
    await two.status("Ready");
  });
});
