import { afterEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { type Running, runCli, runUntil, startCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";

const ANY_PORTS = ["--port", "0", "--emulator-port", "0"];

interface Ready {
  server: { url: string };
  emulator: { url: string };
  phone: string;
  agents: { id: string; name: string; signIn: string }[];
  accountSid: string;
  authToken: string;
  operatorToken: string;
}

let running: Running | undefined;
afterEach(async () => {
  await running?.end();
  running = undefined;
});

async function start(...args: string[]): Promise<Ready> {
  return startIn(temporaryFolder(), ...args);
}

async function startIn(cwd: string, ...args: string[]): Promise<Ready> {
  running = await startCli(["sandbox", "--json", ...ANY_PORTS, ...args], { cwd });
  return running.ready as unknown as Ready;
}

const text = (shape: RegExp): string => expect.stringMatching(shape) as string;

describe("warm-transfer sandbox", SLOW, () => {
  it("prints one line with every value that a script needs", async () => {
    const signIn = text(/^http:\/\/127\.0\.0\.1:\d+\/sign-in\?/);
    const ready = await start();
    expect(ready).toEqual({
      event: "ready",
      server: { url: text(/^http:\/\/127\.0\.0\.1:\d+$/) },
      emulator: { url: text(/^http:\/\/127\.0\.0\.1:\d+$/) },
      number: text(/^\+1555\d{7}$/),
      phone: text(/^http:\/\/127\.0\.0\.1:\d+\/phone/),
      agents: [
        { id: "agent1", name: "Agent 1", signIn },
        { id: "agent2", name: "Agent 2", signIn },
      ],
      accountSid: text(/^AC[0-9a-f]{32}$/),
      authToken: text(/^\S{16,}$/),
      apiKey: text(/^SK[0-9a-f]{32}$/),
      apiSecret: text(/^\S{16,}$/),
      operatorToken: text(/^\S{16,}$/),
    });
    expect(Object.keys(ready)[0]).toBe("event");
  });

  it("prints a link for each agent that signs that agent in", async () => {
    const { agents, server } = await start("--agents", "anna,ben_2");
    expect(agents.map(({ name }) => name)).toEqual(["Anna", "Ben 2"]);
    for (const { id, name, signIn } of agents) {
      const answer = await fetch(signIn, { redirect: "manual" });
      const cookie = answer.headers
        .getSetCookie()
        .map((each) => each.split(";")[0])
        .join("; ");
      const me = await fetch(`${server.url}/api/me`, { headers: { cookie } });
      expect(await me.json()).toMatchObject({ agent: { id, name } });
    }
  });

  it("prints addresses that open as printed", async () => {
    const { phone, agents, emulator } = await start();
    for (const address of [phone, `${emulator.url}/inspector`, ...agents.map(({ signIn }) => signIn)]) {
      const answer = await fetch(address);
      expect([address, answer.status]).toEqual([address, 200]);
      expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
    }
  });

  it("prints the operator's token, and points the number at the server", async () => {
    const { server, emulator, accountSid, authToken, operatorToken } = await start();
    const calls = await fetch(`${server.url}/api/calls`, {
      headers: { authorization: `Bearer ${operatorToken}` },
    });
    expect(await calls.json()).toEqual({ calls: [] });
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
    const numbers = `${emulator.url}/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers.json`;
    const answer = (await (await fetch(numbers, { headers: { authorization } })).json()) as Record<
      string,
      unknown
    >;
    // After the `#` stands how Twilio tries again.
    expect(answer.incoming_phone_numbers).toMatchObject([
      { voice_url: expect.stringMatching(`^${server.url}/conference/connect/client#`) as string },
    ]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends with 0 on %s", async (signal) => {
    const { server } = await start();
    expect(await running?.end(signal)).toBe(0);
    await expect(fetch(server.url)).rejects.toThrow();
    expect(running?.lines).toHaveLength(1);
  });

  it("prints what to open and what to do", async () => {
    const stdout = await runUntil(["sandbox", ...ANY_PORTS], "Live calls:", { cwd: temporaryFolder() });
    expect(stdout).toMatch(/Customer's phone\nhttp:\/\/127\.0\.0\.1:\d+\/phone\n/);
    expect(stdout).toMatch(/Agent 1\nhttp:\/\/\S+\/sign-in\?\S+\n +Agent 2\nhttp:\/\/\S+\/sign-in\?\S+\n/);
    expect(stdout).toMatch(/1\. .*Call.*\n.*2\. .*Answer.*\n.*3\. .*Bring in.*Agent 2.*\n.*4\. .*Leave/);
    expect(stdout).not.toContain("\u001b[");
  });

  it("has an emulator that behaves as --quirk says", async () => {
    const { emulator, accountSid, authToken } = await start("--quirk", "listLagMs=3600000");
    const calls = `${emulator.url}/2010-04-01/Accounts/${accountSid}/Calls.json`;
    const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
    const form = { To: "+15550100222", From: "+15550100000", Twiml: "<Response/>" };
    const body = new URLSearchParams(form);
    const created = await fetch(calls, { method: "POST", body, headers: { authorization } });
    const listed = await fetch(calls, { headers: { authorization } });
    expect([created.status, await listed.json()]).toEqual([201, expect.objectContaining({ calls: [] })]);
  });

  it("lists the quirks for --quirk alone, and starts nothing", async () => {
    const { code, stdout, stderr } = await runCli(["sandbox", ...ANY_PORTS, "--quirk"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^error: --quirk needs a name and a value\.\nhint: Pass one of these/);
  });

  it("names the flag that chooses another port when one is taken, and leaves nothing behind", async () => {
    const { server, emulator } = await start();
    const [taken, emulatorTaken] = [new URL(server.url).port, new URL(emulator.url).port];
    const first = await runCli(["sandbox", "--port", taken, "--emulator-port", "0"]);
    expect(first).toMatchObject({ code: 2, stdout: "" });
    expect(first.stderr).toMatch(new RegExp(`^error: Port ${taken} is already in use.*\nhint: .*--port 0`));
    const second = await runCli(["sandbox", "--port", "0", "--emulator-port", emulatorTaken, "--json"]);
    expect(second).toMatchObject({ code: 2, stdout: "" });
    expect(second.stderr).toMatch(new RegExp(`Port ${emulatorTaken} is already in use.*--emulator-port 0`));
  });
});
