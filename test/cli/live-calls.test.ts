import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPage } from "../../src/cli/play/page-client.ts";
import type { LiveEvent } from "../../src/cli/live/events.ts";
import { watchSandbox } from "../../src/cli/sandbox/live-events.ts";
import { createLines } from "../../src/cli/live/lines.ts";
import { type Sandbox, startSandbox } from "../../src/cli/sandbox/start-sandbox.ts";
import { memoryOutput } from "./support/memory-output.ts";
import { SLOW } from "./support/slow.ts";

const OPTIONS = { port: 0, emulatorPort: 0, agents: ["agent1"], language: "en", media: "none" } as const;

describe("the live calls of a sandbox", SLOW, () => {
  let sandbox: Sandbox;
  let happenings: LiveEvent[];

  beforeEach(async () => {
    sandbox = await startSandbox(OPTIONS, (error) => expect.unreachable(error.message));
    happenings = [];
    watchSandbox(sandbox, (happening) => happenings.push(happening));
  });
  afterEach(() => sandbox.close());

  const seen = (event: LiveEvent["event"]): boolean =>
    happenings.some((happening) => happening.event === event);

  async function talk() {
    const { emulator, server, config } = sandbox;
    const customer = emulator.people.add("+15550100321");
    emulator.people.add("client:agent1", { habit: { kind: "answers", afterMs: 0 } });
    const page = await openPage(await server.signInLink("agent1"), "agent1");
    await page.setReady(true);
    await customer.call(config.number);
    await expect.poll(() => seen("agent-joined")).toBe(true);
    return { customer, page };
  }

  it("are reported from the first ring to the end, with their participants", async () => {
    const { customer, page } = await talk();
    customer.hangUp();
    await expect.poll(() => seen("call-ended")).toBe(true);
    page.close();
    const lineOf = createLines(memoryOutput({ json: false }).output.paint);
    const lines = happenings.map(lineOf);
    expect(lines[0]).toMatch(/^ +0:00 {2}\+155…21 +the customer calls +customer$/);
    expect(lines.find((line) => line.includes("Agent 1 joins"))).toMatch(/customer \+ Agent 1$/);
    expect(lines.find((line) => line.includes("“Thank you for calling"))).toBeDefined();
    expect(lines.find((line) => line.includes("the call is over"))).toMatch(/over$/);
    expect(lines.join()).not.toMatch(/\+\d{6,}/);
  });

  it("do not delay its end", async () => {
    await talk();
    await sandbox.close();
    await expect(fetch(sandbox.server.url)).rejects.toThrow("fetch failed");
  });

  it("include an app's invalid answers, as Twilio's debugger shows them", async () => {
    const { emulator, config, server } = sandbox;
    emulator.configureNumber(config.number, { voiceUrl: `${server.url}/nowhere`, voiceFallbackUrl: "" });
    await emulator.people.add("+15550100321").call(config.number);
    await expect.poll(() => seen("warning")).toBe(true);
    const line = createLines(memoryOutput({ json: false }).output.paint)(
      happenings.find(({ event }) => event === "warning") as LiveEvent,
    );
    expect(line).toMatch(/^warning \d+: .*\/nowhere\)$/);
  });
});
