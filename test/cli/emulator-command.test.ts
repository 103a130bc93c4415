import { once } from "node:events";
import { type IncomingMessage, type Server, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import twilio from "twilio";
import { afterEach, describe, expect, it } from "vitest";
import { ENTRY, type Running, runCli, runUntil, startCli } from "./support/run-cli.ts";
import { makeFolder } from "../support/temporary-folder.ts";
import { SLOW } from "./support/slow.ts";

const SID = "0123456789abcdef0123456789abcdef";
const GIVEN = {
  TWILIO_ACCOUNT_SID: `AC${SID}`,
  TWILIO_AUTH_TOKEN: "a-token",
  TWILIO_API_KEY: `SK${SID}`,
  TWILIO_API_SECRET: "a-secret",
  TWILIO_NUMBER: "+15550100999",
};

interface Ready {
  url: string;
  accountSid: string;
  authToken: string;
  number: string;
}

let running: Running | undefined;
let taken: Server | undefined;
afterEach(async () => {
  await running?.end();
  taken?.close();
  running = taken = undefined;
});

/** The official client, pointed at the emulator the way that the command's own output says. */
function officialClient({ url, accountSid, authToken }: Ready) {
  const client = new twilio.RequestClient();
  const send = client.request.bind(client);
  client.request = (options) => send({ ...options, uri: options.uri.replace("https://api.twilio.com", url) });
  return twilio(accountSid, authToken, { httpClient: client });
}

/** The same command under two names. */
const PROGRAMS = [
  { program: "local-twilio", entry: resolve("emulator/dist/command/main.js"), words: [] },
  { program: "warm-transfer emulator", entry: ENTRY, words: ["emulator"] },
];

describe.each(PROGRAMS)("$program", SLOW, ({ entry, words }) => {
  const start = async (args: string[] = [], env: Record<string, string> = {}): Promise<Ready> => {
    running = await startCli([...words, "--port", "0", "--json", ...args], { env, entry });
    return running.ready as unknown as Ready;
  };

  it("prints one line with every value that an app needs", async () => {
    expect(await start()).toEqual({
      event: "ready",
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
      accountSid: expect.stringMatching(/^AC[0-9a-f]{32}$/) as string,
      authToken: expect.stringMatching(/^\S{16,}$/) as string,
      apiKey: expect.stringMatching(/^SK[0-9a-f]{32}$/) as string,
      apiSecret: expect.stringMatching(/^\S{16,}$/) as string,
      number: expect.stringMatching(/^\+1555\d{7}$/) as string,
    });
  });

  it("answers the official client as Twilio does", async () => {
    const ready = await start(["--number", "+1 555 010 0777", "--voice-url", "http://127.0.0.1:1/voice"]);
    const [number] = await officialClient(ready).incomingPhoneNumbers.list();
    expect(number).toMatchObject({ phoneNumber: "+15550100777", voiceUrl: "http://127.0.0.1:1/voice" });
    const wrong = officialClient({ ...ready, authToken: "not the token" });
    await expect(wrong.incomingPhoneNumbers.list()).rejects.toMatchObject({ status: 401, code: 20003 });
  });

  it("has every number that it was given, and reports the first", async () => {
    const ready = await start(["--number", "+15550100001", "--number", "+15550100002"]);
    expect(ready.number).toBe("+15550100001");
    const numbers = await officialClient(ready).incomingPhoneNumbers.list();
    expect(numbers.map((each) => each.phoneNumber).sort()).toEqual(["+15550100001", "+15550100002"]);
  });

  it("makes a TwiML application for the calls of browsers, with the SID of the environment", async () => {
    const application = `AP${SID}`;
    const voiceUrl = "http://127.0.0.1:1/out";
    const ready = await start(["--application-voice-url", voiceUrl], { TWILIO_TWIML_APP_SID: application });
    expect(ready).toMatchObject({ application });
    const [listed] = await officialClient(ready).applications.list();
    expect(listed).toMatchObject({ sid: application, voiceUrl, voiceMethod: "POST" });
  });

  it("lets a customer call an app that is not there: the call fails", async () => {
    const { url } = await start();
    const called = await runCli([...words, "trigger", "call", "--emulator", url, "--json"], { entry });
    expect(called).toMatchObject({ code: 1, stderr: "" });
    const events = called.stdout.trim().split("\n");
    expect(JSON.parse(events.at(-1) ?? "")).toMatchObject({ event: "outcome", status: "failed", ok: false });
  });

  it("exits with 5 where no emulator answers", async () => {
    const options = ["trigger", "call", "--emulator", "http://127.0.0.1:1"];
    const { code, stderr } = await runCli([...words, ...options], { entry });
    expect([code, stderr]).toEqual([
      5,
      expect.stringMatching(/^error: No emulator answers .*\nhint: Start one/),
    ]);
  });

  it("behaves as --quirk says", async () => {
    const ready = await start(["--quirk", "listLagMs=3600000", "--quirk=declineAs=no-answer"]);
    const { calls } = officialClient(ready);
    const { sid } = await calls.create({ from: ready.number, to: "+15550100222", twiml: "<Response/>" });
    expect(sid).toMatch(/^CA/);
    expect(await calls.list()).toEqual([]);
  });

  it.each([[["--quirk"]], [["--quirk", "listLag=1"]]])(
    "lists the quirks for %j, and starts nothing",
    async (option) => {
      const { code, stdout, stderr } = await runCli([...words, "--port", "0", ...option], { entry });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^error: .*\bquirk\b.*\nhint: Pass one of these/);
      expect(stderr).toContain("  declineAs=busy  ");
    },
  );

  it("serves TLS with --https, and says which authority an app must trust", async () => {
    const folder = makeFolder();
    const ready = await start(["--https", "--authority", folder.path]);
    expect(ready).toMatchObject({
      https: expect.stringMatching(/^https:\/\/localhost:\d+$/) as string,
      authority: join(folder.path, "authority.pem"),
    });
    expect(readFileSync(join(folder.path, "authority.pem"), "utf8")).toContain("BEGIN CERTIFICATE");
    folder.remove();
  });

  it("refuses a --ca that holds no certificate, and starts nothing", async () => {
    const { code, stdout, stderr } = await runCli([...words, "--port", "0", "--ca", "package.json"], {
      entry,
    });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("error: package.json holds no certificate.");
  });

  it("reads its credentials from the environment; a flag has precedence", async () => {
    expect(await start(["--number", "+15550100111"], GIVEN)).toMatchObject({
      accountSid: GIVEN.TWILIO_ACCOUNT_SID,
      authToken: GIVEN.TWILIO_AUTH_TOKEN,
      apiKey: GIVEN.TWILIO_API_KEY,
      apiSecret: GIVEN.TWILIO_API_SECRET,
      number: "+15550100111",
    });
  });

  it("reports events with numbers masked, and exits with 0 on a signal", async () => {
    const ready = await start();
    await officialClient(ready).calls.create({
      from: ready.number,
      to: "+15550100222",
      twiml: "<Response/>",
    });
    await expect.poll(() => running?.lines.length).toBeGreaterThan(1);
    const events = running?.lines.slice(1).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events?.[0]).toMatchObject({ event: "call-status", from: "+155…00", to: "+155…22" });
    expect(running?.lines.slice(1).join("")).not.toMatch(/\+\d{6,}/);
    expect(await running?.end("SIGTERM")).toBe(0);
  });

  it("listens where it is told, and answers to the given name only", async () => {
    const ready = await start(["--host", "0.0.0.0", "--allow-host", "twilio"]);
    const { port } = new URL(ready.url);
    const statusOf = async (host: string): Promise<number | undefined> => {
      const asked = request(`${ready.url}/inspector.json`, { headers: { host } }).end();
      const [answer] = (await once(asked, "response")) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    expect(await Promise.all(["twilio", `twilio:${port}`, "other"].map(statusOf))).toEqual([200, 200, 403]);
    const { stderr } = await runCli([...words, "--host", "192.0.2.1", "--port", "0"], { entry });
    expect(stderr).toContain("error: This machine has no address 192.0.2.1.");
  });

  it.each([
    ["--host", "twilio"],
    ["--allow-host", "twilio:4010"],
  ])("refuses %s %s", async (...option) => {
    const { code, stderr } = await runCli([...words, ...option], { entry });
    expect([code, stderr]).toEqual([2, expect.stringContaining("Pass a")]);
  });

  it("says at once which option is wrong, and starts nothing", async () => {
    const { code, stdout, stderr } = await runCli([...words, "--port", "many"], { entry });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Pass a port from 0");
  });

  it("refuses a credential of the wrong shape without showing it", async () => {
    const { code, stderr } = await runCli(words, { entry, env: { TWILIO_ACCOUNT_SID: "my-secret" } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: TWILIO_ACCOUNT_SID is not AC and 32/);
    expect(stderr).not.toContain("my-secret");
  });

  it("names the flag that chooses another port when its port is taken", async () => {
    taken = createServer();
    await new Promise<void>((done) => taken?.listen(0, "127.0.0.1", done));
    const { port } = taken.address() as AddressInfo;
    const { code, stdout, stderr } = await runCli([...words, "--port", String(port)], { entry });
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(
      `error: Port ${port} is already in use.\nhint: Stop the other program, or pass --port 0`,
    );
  });

  it("prints how to point the official library at it", async () => {
    const stdout = await runUntil([...words, "--port", "0"], "Ctrl-C", { entry });
    expect(stdout).toMatch(/TWILIO_ACCOUNT_SID=AC[0-9a-f]{32}\n/);
    expect(stdout).toMatch(/new RequestClient\(\)/);
    expect(stdout).toMatch(/Phone +http:\/\/127\.0\.0\.1:\d+\/phone/);
    expect(stdout).toMatch(/Inspector +http:\/\/127\.0\.0\.1:\d+\/inspector/);
  });
});
