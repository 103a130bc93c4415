import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type Line, button, expectNoComplaints, expectToHear, gather } from "./support/on-the-line.ts";
import type { Party } from "./support/party.ts";

/** What a page sees when its microphone is unplugged: the tracks end, and no device is left. */
function unplug(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { sentTracks } = globalThis as unknown as { sentTracks: () => MediaStreamTrack[] };
    Object.defineProperty(navigator.mediaDevices, "getUserMedia", {
      configurable: true,
      value: () => Promise.reject(new DOMException("Requested device not found", "NotFoundError")),
    });
    for (const track of sentTracks()) {
      track.stop();
      track.dispatchEvent(new Event("ended"));
    }
  });
}

function plugIn(page: Page): Promise<void> {
  return page.evaluate(() => {
    Reflect.deleteProperty(navigator.mediaDevices, "getUserMedia");
    navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
  });
}

describe("an agent whose microphone goes away in a call, by ear", () => {
  let line: Line;
  let customer: Party;
  let agent: Party;

  const heard = ["customer hears agent1", "agent1 hears customer"];
  const notHeard = ["customer hears nobody", "agent1 hears customer"];
  const alert = (text: string) => agent.page.getByRole("alert").filter({ hasText: text });

  beforeAll(async () => {
    line = await gather(["agent1"]);
    [agent] = line.agents as [Party];
    [customer] = line.customers as [Party];
    await button(customer, "Call").click();
    await button(agent, "Answer").click();
  });
  afterAll(async () => {
    if (agent) expectNoComplaints([customer, agent]);
    await line?.close();
  });

  it("is heard again after the permission was withdrawn and granted again", async () => {
    await expectToHear([customer, agent], heard);
    await agent.page.context().clearPermissions();
    await alert("Nobody hears you.").waitFor();
    await expectToHear([customer, agent], notHeard);
    await button(agent, "Try again").click();
    await alert("Your browser blocks the microphone").waitFor();

    await agent.page.context().grantPermissions(["microphone"]);
    await alert("Nobody hears you.").waitFor({ state: "hidden" });
    await expectToHear([customer, agent], heard);
  });

  it("is heard again when the device is back, each time, and stays muted if muted", async () => {
    for (let round = 0; round < 2; round++) {
      await unplug(agent.page);
      await alert("Your browser finds no microphone").waitFor();
      await expectToHear([customer, agent], notHeard);
      await plugIn(agent.page);
      await alert("Nobody hears you.").waitFor({ state: "hidden" });
      await expectToHear([customer, agent], heard);
    }
    await button(agent, "Mute").click();
    await unplug(agent.page);
    await alert("Your browser finds no microphone").waitFor();
    await plugIn(agent.page);
    await alert("Nobody hears you.").waitFor({ state: "hidden" });
    await expectToHear([customer, agent], notHeard);
    await button(agent, "Mute").click();
    await expectToHear([customer, agent], heard);
  });
});
