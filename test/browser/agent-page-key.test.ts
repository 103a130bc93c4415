import twilio from "twilio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TwoAgents, twoAgents } from "./agent-page/two-agents.ts";

describe("an API key that is deleted while a page runs", () => {
  let world: TwoAgents;
  beforeAll(async () => {
    world = await twoAgents();
  });
  afterAll(() => world?.close());

  async function deleteKey(): Promise<boolean> {
    const { credentials, url } = world.twilio;
    const httpClient = new twilio.RequestClient();
    const send = httpClient.request.bind(httpClient);
    httpClient.request = (options) =>
      send({ ...options, uri: options.uri.replace("https://api.twilio.com", url) });
    const client = twilio(credentials.accountSid, credentials.authToken, { httpClient });
    return client.keys(credentials.apiKey).remove();
  }
  const refusals = async (): Promise<number> => {
    const metrics = await (await fetch(`${world.server().localUrl}/metrics`)).text();
    return Number(/^warm_transfer_tokens_refused_total\{code="20101"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
  };

  it("the page says whom to tell, the server warns and counts, and no customer rings there", async () => {
    const { one, errors } = world;
    await one.status("Ready");
    expect(await deleteKey()).toBe(true);
    // The page renews its token and gets one that the deleted key signed.
    await one.page.clock.fastForward("55:00");
    await one.page.clock.runFor(10_000);
    await one.status("Unreachable");
    const notice = one.page.getByRole("alert");
    await notice.filter({ hasText: "Tell the operator of this server: Twilio error 20101." }).waitFor();
    await expect.poll(refusals).toBeGreaterThan(0);
    expect(errors.map(({ message }) => message)).toContain(
      "Twilio refused the access token of agent1's page (error 20101).",
    );
    expect(errors[0]?.hint).toContain("TWILIO_API_KEY");
    const entry = (await world.server().agents()).find(({ id }) => id === "agent1");
    expect(entry?.state).toBe("not-ready");
  });
});
