import { beforeEach, describe, expect, it } from "vitest";
import type { Emulator, Person } from "local-twilio";
import { openPage, readyAgent, signIn } from "./support/browser.ts";
import { CUSTOMER, NUMBER, type TestServer, aServerWithTwilio } from "./support/start-server.ts";

describe("a missed call", () => {
  let server: TestServer;
  let twilio: Emulator;
  let ann: Person;
  let page: Awaited<ReturnType<typeof readyAgent>>["page"];
  let browser: Awaited<ReturnType<typeof readyAgent>>["browser"];
  beforeEach(async () => {
    ({ server, twilio } = await aServerWithTwilio());
    ann = twilio.people.add("client:agent1");
    ({ page, browser } = await readyAgent(server, "agent1"));
  });

  const rings = async (): Promise<Person> => {
    const customer = twilio.people.add(CUSTOMER);
    await customer.call(NUMBER);
    await ann.until("ringing");
    return customer;
  };
  const afterwards = () => page.until((view) => view.state !== "ringing" && view.state !== "in-call");

  it("is kept with the caller and the time, also for pages that open later", async () => {
    const before = Date.now();
    const customer = await rings();
    customer.hangUp();
    const { missed, call } = await page.until((view) => view.missed.length > 0);
    expect(missed).toEqual([
      {
        id: expect.any(String),
        customerKind: "number",
        customerNumber: CUSTOMER,
        rangAt: expect.any(Number),
        reason: "customer-left",
      },
    ]);
    // Twilio's times are whole seconds.
    expect(missed[0]?.rangAt).toBeGreaterThanOrEqual(before - 1_000);
    expect(missed[0]?.rangAt).toBeLessThanOrEqual(Date.now());
    expect(call).toBeNull();
    const reloaded = await openPage(await signIn(server, "agent1"));
    expect((await reloaded.until(() => true)).missed).toEqual(missed);
    reloaded.close();
  });

  it("is not one that the agent declined, or took", async () => {
    const first = await rings();
    ann.decline();
    await page.until((view) => view.state !== "ringing");
    first.hangUp();
    expect((await afterwards()).missed).toEqual([]);
  });

  it("is visible to that agent only, and forgotten at sign-out", async () => {
    const { page: bobs } = await readyAgent(server, "agent2");
    const customer = await rings();
    customer.hangUp();
    await page.until((view) => view.missed.length > 0);
    expect((await bobs.until(() => true)).missed).toEqual([]);
    await browser.post("/sign-out");
    const again = await openPage(await signIn(server, "agent1"));
    expect((await again.until(() => true)).missed).toEqual([]);
  });
});
