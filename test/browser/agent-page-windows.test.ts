import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TwoAgents, twoAgents } from "./agent-page/two-agents.ts";
import { startTransfer } from "./support/start-transfer.ts";

/** Chromium opens six HTTP/1.1 connections to one host at most, for all windows of a profile. */
describe("three windows each of two agents in one browser", () => {
  let world: TwoAgents;
  let ones: Page[];
  let twos: Page[];

  const open = async (address: string): Promise<Page> => {
    const page = await world.one.page.context().newPage();
    await page.goto(address);
    return page;
  };
  const status = (page: Page) => page.getByRole("status").textContent();
  const everyStatus = (pages: Page[]) =>
    expect.poll(() => Promise.all(pages.map(status)), { timeout: 20_000 });
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const takesCalls = (page: Page) => page.getByRole("switch", { name: "Take calls" });
  const everySwitch = (pages: Page[]) =>
    expect.poll(() => Promise.all(pages.map((page) => takesCalls(page).getAttribute("aria-checked"))));

  beforeAll(async () => {
    world = await twoAgents();
    await world.two.page.close();
    const { url } = world.server();
    ones = [world.one.page];
    for (let n = 1; n < 3; n += 1) ones.push(await open(`${url}/?agent=agent1`));
    twos = [await open(await world.server().signInLink("agent2"))];
    for (let n = 1; n < 3; n += 1) twos.push(await open(`${url}/?agent=agent2`));
  });
  afterAll(() => world?.close());

  it("are all ready", async () => {
    await everyStatus([...ones, ...twos]).toEqual(Array(6).fill("Ready"));
  });

  it("show one choice, whichever window it was made in", async () => {
    await takesCalls(twos[2]!).click();
    await everyStatus(twos).toEqual(Array(3).fill("Not ready"));
    await everySwitch(twos).toEqual(Array(3).fill("false"));
    await takesCalls(twos[0]!).click();
    await everyStatus(twos).toEqual(Array(3).fill("Ready"));
    await everySwitch(ones).toEqual(Array(3).fill("true"));
  });

  it("carry a call and its transfer", async () => {
    await world.customer.call("+15550100000");
    await button(ones[1]!, "Answer").click();
    await everyStatus(ones).toEqual(Array(3).fill("In a call"));
    await startTransfer(ones[1]!, "Agent 2");
    await button(twos[2]!, "Answer").click();
    await ones[1]!.getByText("You, Agent 2 and the customer are talking.").waitFor();
    await button(ones[1]!, "Leave").click();
    await everyStatus(ones).toEqual(Array(3).fill("Ready"));
    expect(await status(twos[2]!)).toBe("In a call");
  });
});
