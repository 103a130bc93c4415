import { describe, expect, it } from "vitest";
import { startServer } from "../../src/compose/server.ts";
import { openPage, readyAgent, signIn } from "./support/browser.ts";
import { aServer, aServerWithTwilio, CUSTOMER, NUMBER } from "./support/start-server.ts";
import { testConfig } from "../support/test-config.ts";
import { inbound, webhook } from "./support/webhooks.ts";

describe("a server", () => {
  it("does not start without a token to check signatures with", async () => {
    await expect(startServer(testConfig({ authToken: "" }))).rejects.toMatchObject({ category: "config" });
  });

  it("does not start when its credentials would leave this machine", async () => {
    const elsewhere = testConfig({ twilioApiBaseUrl: "https://api.example.com" });
    await expect(startServer(elsewhere)).rejects.toMatchObject({ category: "config" });
  });

  it("reports that its port is taken, with a hint", async () => {
    const port = Number(new URL((await aServer()).url).port);
    const error = await startServer(testConfig({ port })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      category: "config",
      message: `Port ${port} is already in use.`,
      hint: expect.stringContaining("--port"),
    });
  });

  it("stops while a page is open, and frees its port", async () => {
    const server = await aServer();
    const page = await openPage(await signIn(server, "agent1"));
    await server.close();
    await expect(page.until(() => false)).rejects.toThrow("the stream has ended");
    await aServer({ port: Number(new URL(server.url).port) });
  });

  it("reports each story entry once, in order", async () => {
    const { server, twilio } = await aServerWithTwilio();
    const events: string[] = [];
    server.onStory(({ entry }) => events.push(entry.event));
    const { page } = await readyAgent(server, "agent1");
    twilio.people.add("client:agent1");
    const customer = twilio.people.add(CUSTOMER);
    await customer.call(NUMBER);
    await page.until(({ state }) => state === "ringing");
    customer.hangUp();
    await page.until(({ state }) => state === "free");
    expect(events.slice(0, 2)).toEqual(["customer-called", "agent-dialled"]);
    expect(events).toContain("call-ended");
    expect(new Set(events).size).toBe(events.length);
  });

  it("continues the call when Twilio is unreachable, and logs it without secrets or numbers", async () => {
    const server = await aServer();
    const page = await openPage(await signIn(server, "agent1"));
    await page.setReady(true);
    const answer = await webhook(server, "/conference/connect/client", inbound(server));
    expect(await answer.text()).toContain("<Conference");
    await server.idle();
    expect(server.errors.map(({ category }) => category)).toEqual(["network"]);
    const output = server.errors.map((error) => `${error.message} ${error.hint}`).join();
    for (const secret of ["+15550111111", testConfig().apiSecret, testConfig().authToken])
      expect(output).not.toContain(secret);
  });
});
