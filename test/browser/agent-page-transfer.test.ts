import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, type Person, startEmulator } from "local-twilio";
import { type RunningServer, startServer } from "../../src/compose/server.ts";
import { testConfig } from "../support/test-config.ts";
import { builtPage, openPage } from "./agent-page/open-page.ts";
import { openChromium } from "./support/chromium.ts";
import { startTransfer } from "./support/start-transfer.ts";

const NUMBER = "+15550100000";

/** Two agents' pages with the real server and the local Twilio; the customer is scripted. */
describe("two agents' pages during a warm transfer", () => {
  let browser: Browser;
  let emulator: Emulator;
  let server: RunningServer;
  let customer: Person;
  let agent1: Page;
  let agent2: Page;
  const complaints: string[] = [];

  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const status = (page: Page, text: string) =>
    expect.poll(() => page.getByRole("status").textContent()).toBe(text);
  const log = (page: Page) => page.locator("#log-entries li").allInnerTexts();
  const signIn = async (agent: string): Promise<Page> => {
    const opened = await openPage(browser, await server.signInLink(agent));
    opened.page.on("console", (message) => complaints.push(message.text()));
    return opened.page;
  };

  beforeAll(async () => {
    const pagesDir = await builtPage();
    emulator = await startEmulator({ numbers: [{ phoneNumber: NUMBER }] });
    const agents = ["1", "2"].map((n) => ({ id: `agent${n}`, name: `Agent ${n}` }));
    server = await startServer(
      testConfig({ ...emulator.credentials, number: NUMBER, agents, twilioApiBaseUrl: emulator.url }),
      { pagesDir },
    );
    emulator.configureNumber(NUMBER, { voiceUrl: `${server.url}/conference/connect/client` });
    browser = await openChromium("page", "granted");
    agent1 = await signIn("agent1");
    agent2 = await signIn("agent2");
    customer = emulator.people.add("+15550111111");
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await emulator?.close();
  });

  it("both become ready", async () => {
    await status(agent1, "Ready");
    await status(agent2, "Ready");
  });

  it("the customer's call rings at agent1 with the customer's number, and agent1 answers", async () => {
    await customer.call(NUMBER);
    await agent1.getByRole("heading", { name: "+1 555 011 1111" }).waitFor();
    await button(agent1, "Answer").click();
    await status(agent1, "In a call");
    await status(agent2, "Ready");
  });

  it("agent2 declines, and agent1 is told so", async () => {
    await startTransfer(agent1, "Agent 2");
    await agent2.getByText("Agent 1 is transferring this call to you.").waitFor();
    await button(agent2, "Decline").click();
    await agent1.getByRole("alert").filter({ hasText: "Agent 2 declined." }).waitFor();
    await status(agent2, "Ready");
  });

  it("agent2 answers the second try; agent1 may leave", async () => {
    await startTransfer(agent1, "Agent 2");
    await button(agent2, "Answer").click();
    await status(agent2, "In a call");
    await agent1.getByText("The others stay connected").waitFor();
    await button(agent1, "Leave").click();
    await status(agent1, "Ready");
    await status(agent2, "In a call");
    await expect
      .poll(() => log(agent2))
      .toContainEqual(expect.stringContaining("The transfer to Agent 2 is complete."));
  });

  it("the customer hangs up, and both are ready for the next call", async () => {
    customer.hangUp();
    await status(agent2, "Ready");
    await expect.poll(() => log(agent2)).toContainEqual(expect.stringContaining("The customer left."));
    await status(agent1, "Ready");
  });

  it("agent2 signs out, and agent1 sees it", async () => {
    await button(agent2, "Sign out").click();
    await status(agent2, "Signed out");
    await expect.poll(() => agent1.locator("#colleagues li").innerText()).toBe("Agent 2\nSigned out");
    expect(complaints).toEqual([]);
  });
});
