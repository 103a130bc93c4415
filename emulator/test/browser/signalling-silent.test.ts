import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tokenFor } from "../signalling/signalling-stage.ts";
import { type Party, openParty } from "../../../test/browser/support/party.ts";
import type { SdkPage } from "./support/sdk-page/main.ts";
import { type SdkWorld, startSdkWorld } from "./support/sdk-world.ts";

describe("the Voice SDK and an emulator without media", () => {
  let world: SdkWorld;
  let agent: Party;

  beforeAll(async () => {
    world = await startSdkWorld("none");
    agent = await openParty("agent1", 930, world.pageUrl);
  });
  afterAll(async () => {
    await agent?.close();
    await world?.close();
  });

  const inPage = <T>(what: (page: SdkPage) => T): Promise<T> =>
    agent.page.evaluate(`(${what.toString()})(globalThis.sdkPage)`) as Promise<T>;

  it("can be called, answer and hang up", async () => {
    await agent.page.evaluate(
      (token) => (globalThis as unknown as { sdkPage: SdkPage }).sdkPage.register(token),
      tokenFor("agent1"),
    );
    const [ring] = world.exchange.ring("client:agent1");
    await agent.page.waitForFunction("globalThis.sdkPage.call");
    await inPage((page) => page.call!.accept());
    await ring!.until("answered");
    await expect.poll(() => inPage((page) => page.call!.status())).toBe("open");
    await inPage((page) => page.call!.disconnect());
    await ring!.until("hung up");
    expect(agent.complaints).toEqual([]);
  });
});
