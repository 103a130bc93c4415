import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFolder } from "../support/temporary-folder.ts";
import { type Finished, type Running, runCli, startCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";

interface Ready {
  server: { url: string };
  emulator: { url: string };
  number: string;
  operatorToken: string;
}

const folder = makeFolder();
let sandbox: Running;
let ready: Ready;
beforeAll(async () => {
  const args = ["sandbox", "--json", "--port", "0", "--emulator-port", "0"];
  sandbox = await startCli(args, { cwd: folder.path });
  ready = sandbox.ready as unknown as Ready;
}, 60_000);
afterAll(async () => {
  await sandbox.end();
  folder.remove();
});

const trigger = (...words: string[]): Promise<Finished> =>
  runCli(["trigger", ...words], { cwd: folder.path });

const eventsOf = ({ stdout }: Finished): Record<string, unknown>[] =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

async function people(method = "GET", body?: object): Promise<{ people?: object[]; id?: string }> {
  const headers = { "content-type": "application/json" };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const reply = await fetch(`${ready.emulator.url}/people`, init);
  return (await reply.json()) as { people?: object[]; id?: string };
}

async function liveCalls(): Promise<{ state: string }[]> {
  const headers = { authorization: `Bearer ${ready.operatorToken}` };
  const reply = await fetch(`${ready.server.url}/api/calls`, { headers });
  return ((await reply.json()) as { calls: { state: string }[] }).calls;
}

describe("warm-transfer trigger", SLOW, () => {
  it("plays a whole transfer at the sandbox that runs in this folder, and leaves nobody behind", async () => {
    const played = await trigger("transfer", "--json");
    expect(played).toMatchObject({ code: 0, stderr: "" });
    const events = eventsOf(played);
    expect(events.at(-1)).toMatchObject({
      event: "outcome",
      scenario: "warm-transfer",
      transfer: "completed",
      customerHears: ["agent2"],
      ok: true,
    });
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining([
        "step",
        "customer-called",
        "said",
        "agent-joined",
        "transfer-completed",
        "call-ended",
      ]),
    );
    expect(played.stdout).not.toMatch(/\+\d{6,}/);
    expect(await people()).toMatchObject({ people: [] });
    expect(await liveCalls()).toEqual([]);
  });

  it.each(["customer-gives-up", "phone"])("plays %s, in words", async (scenario) => {
    const { code, stdout } = await trigger("transfer", scenario);
    expect([code, stdout]).toEqual([0, expect.stringContaining(`${scenario}: passed`)]);
  });

  it("lets a customer call, and prints what the customer hears", async () => {
    const called = await trigger("call", "--talk", "0.5", "--from", "+1 555 010 0777", "--json");
    expect(called).toMatchObject({ code: 0, stderr: "" });
    const events = eventsOf(called);
    expect(events[0]).toEqual({ event: "calls", from: "+155…77", to: "+155…00" });
    expect(events.map(({ event, status }) => status ?? event)).toEqual(
      expect.arrayContaining(["calls", "in-progress", "said", "completed"]),
    );
    expect(events.at(-1)).toMatchObject({ event: "outcome", status: "completed", ok: true });
    expect(await people()).toMatchObject({ people: [] });
  });

  it("hangs up on Ctrl-C", async () => {
    const call = await startCli(["trigger", "call", "--talk", "600", "--json"], { cwd: folder.path });
    await expect.poll(() => call.lines.join()).toContain("in-progress");
    expect(await call.end("SIGINT")).toBe(130);
    expect(await people()).toMatchObject({ people: [] });
    await expect.poll(liveCalls).toEqual([]);
  });

  it("plays no transfer while a customer waits, whom the scripted agents would answer", async () => {
    await people("POST", { from: "+15550100888", calls: ready.number });
    await expect.poll(liveCalls).toMatchObject([{ state: "waiting" }]);
    const { code, stderr } = await trigger("transfer");
    expect([code, stderr]).toEqual([3, expect.stringContaining("error: A customer is waiting")]);
    await fetch(`${ready.emulator.url}/people`, { method: "DELETE" });
    await expect.poll(liveCalls).toEqual([]);
  });

  it.each([
    [2, ["transfer", "nonsense"], 'There is no scenario "nonsense"'],
    [2, ["transfer", "voicemail"], "hint: Run warm-transfer sandbox --play voicemail"],
    [2, ["call", "--from", "anna"], "Pass an E.164 number"],
    [2, ["call", "--press", "yes"], "Pass keys from 0 to 9"],
    [2, ["call", "--talk", "-1"], "Pass seconds"],
    [3, ["call", "--to", "+15550109999"], "error: The emulator refused: The emulator has no number"],
    [5, ["call", "--emulator", "http://127.0.0.1:1"], "error: No emulator answers at http://127.0.0.1:1"],
    [5, ["transfer", "--emulator", "http://127.0.0.1:1"], "error: No emulator answers at http://127.0.0.1:1"],
    [2, ["transfer", "--server", "http://127.0.0.1:1"], "OPERATOR_TOKEN is not set"],
  ])("exits with %i for: %j", async (expected, words, message) => {
    const { code, stderr } = await trigger(...words);
    expect([code, stderr]).toEqual([expected, expect.stringContaining(message)]);
    expect(stderr).toContain("hint: ");
  });

  it("says of another program that it is no emulator", async () => {
    const { code, stderr } = await trigger("call", "--emulator", ready.server.url);
    expect([code, stderr]).toEqual([5, expect.stringContaining("is not an emulator that has /people")]);
  });
});
