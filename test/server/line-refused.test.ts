import { expect, it } from "vitest";
import { manualClock } from "local-twilio";
import { signIn } from "./support/browser.ts";
import { aServer } from "./support/start-server.ts";

it("the server warns once per code and agent in ten minutes that Twilio refuses its tokens, and counts all", async () => {
  const clock = manualClock();
  const server = await aServer({}, { clock });
  const [ann, bob] = [await signIn(server, "agent1"), await signIn(server, "agent2")];
  const report = (browser: typeof ann, code: unknown) => browser.post("/api/line-refused", { code });
  const warnings = () => server.errors.map(({ message }) => message);

  expect((await report(ann, 20104)).status).toBe(204);
  await report(ann, 20104);
  await report(ann, 31202);
  await report(bob, 20104);
  await report(bob, 53000);
  expect(warnings()).toEqual([
    "Twilio refused the access token of agent1's page (error 20104).",
    "Twilio refused the access token of agent1's page (error 31202).",
    "Twilio refused the access token of agent2's page (error 20104).",
    "Twilio refused the connection of agent2's page (error 53000).",
  ]);
  expect(server.errors[0]?.hint).toContain("clock");
  expect(server.errors[1]?.hint).toContain("TWILIO_API_SECRET");
  expect(server.errors[3]?.hint).toContain("warm-transfer doctor");

  await clock.advance(10 * 60_000);
  await report(ann, 20104);
  expect(warnings()).toHaveLength(5);
  const figures = await (await fetch(`${server.localUrl}/metrics`)).text();
  expect(figures).toContain('warm_transfer_tokens_refused_total{code="20104"} 4');
  expect(figures).toContain('warm_transfer_tokens_refused_total{code="31202"} 1');
});

it.each([31205.5, "31205", 1, 100_000, null])(
  "the server refuses a report with the code %j",
  async (code) => {
    const server = await aServer();
    const ann = await signIn(server, "agent1");
    expect((await ann.post("/api/line-refused", { code })).status).toBe(400);
    expect(server.errors).toEqual([]);
  },
);
