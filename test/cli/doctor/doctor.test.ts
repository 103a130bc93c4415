import { chmodSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../../support/world/free-port.ts";
import { NUMBER, OPERATOR_TOKEN, aFolder, ask, pointAt, startIn } from "../support/doctor-folder.ts";

describe("doctor in a folder with correct settings", () => {
  it("reports no failure, and names the command that starts a server", async () => {
    const { cwd } = await aFolder();
    const { code, ok, checks } = await ask(cwd);
    expect(checks.filter(({ state }) => state !== "ok")).toEqual([
      {
        check: "server",
        state: "warning",
        message: "No server is running for this folder.",
        hint: "Run: warm-transfer start",
      },
    ]);
    expect([code, ok]).toEqual([0, true]);
  });

  it("reports only ok when the server runs and the number points at it", async () => {
    const { cwd } = await aFolder();
    const server = await startIn(cwd);
    await pointAt(server.url, cwd);
    const { code, checks } = await ask(cwd);
    expect(checks.filter(({ state }) => state !== "ok")).toEqual([]);
    expect(checks.map(({ check }) => check)).toEqual(
      expect.arrayContaining([
        "public url",
        "signature",
        "agent page",
        "account",
        "api key",
        "clock",
        "number",
      ]),
    );
    expect(code).toBe(0);
  });

  it("reports that no answer came within --timeout", async () => {
    const { cwd, emulator } = await aFolder();
    emulator.faults.add({ rest: "*", times: 99, delayMs: 60_000 });
    const { code, found } = await ask(cwd, {}, 50);
    expect(found("account").join()).toMatch(/^failure: .*time/);
    expect(code).toBe(1);
  });

  it("prints the source of each value, and no secrets", async () => {
    const { cwd, emulator } = await aFolder();
    const { found, text } = await ask(cwd, { PORT: "4321" });
    expect(found("settings").join()).toMatch(
      /^PORT: 4321 \(environment\)$[^]*^agents: agent1 \(warm-transfer\.json\)$/m,
    );
    const { authToken, apiSecret } = emulator.credentials;
    for (const secret of [authToken, apiSecret, OPERATOR_TOKEN, NUMBER]) expect(text).not.toContain(secret);
  });
});

describe("doctor reports each fault of the settings as a failure with a hint:", () => {
  it.each([
    ["no token", { TWILIO_AUTH_TOKEN: "" }, "TWILIO_AUTH_TOKEN is not set"],
    ["a token with a newline", { TWILIO_AUTH_TOKEN: `${"a".repeat(32)}\n` }, "a space or a line break"],
    ["a public URL with http", { PUBLIC_URL: "http://calls.example.com" }, "must start with https://"],
    ["a public URL with an underscore", { PUBLIC_URL: "https://my_calls.example.com" }, "underscore"],
    ["a public URL with a path", { PUBLIC_URL: "https://calls.example.com/twilio" }, "has a path"],
  ])("%s", async (_, change, message) => {
    const { cwd } = await aFolder(change);
    const { code, found, checks } = await ask(cwd);
    expect(found("settings").join("\n")).toContain(message);
    expect(found("settings")[0]).toMatch(/^failure: /);
    expect(checks.filter(({ state, hint }) => state !== "ok" && !hint)).toEqual([]);
    expect(code).toBe(1);
  });

  it("an API address that is neither Twilio's nor on this machine", async () => {
    const { cwd } = await aFolder({ TWILIO_API_BASE_URL: "http://twilio.example.com" });
    const { code, found } = await ask(cwd);
    expect(found("account").join()).toMatch(/^failure: .*does not point at this machine/);
    expect(code).toBe(1);
  });

  it("a number that does not belong to the account", async () => {
    const { cwd } = await aFolder({ TWILIO_NUMBER: "+15550999999" });
    const { code, found } = await ask(cwd);
    expect(found("number")).toEqual(["failure: The account does not own this number."]);
    expect(code).toBe(1);
  });

  it.each([
    ["an application", { voiceApplicationSid: `AP${"a".repeat(32)}` }, "TwiML application"],
    ["a trunk", { trunkSid: `TK${"a".repeat(32)}` }, "SIP trunk"],
    ["fax mode", { voiceReceiveMode: "fax" }, "faxes"],
  ] as const)("a number with %s", async (_, change, message) => {
    const { cwd, emulator } = await aFolder();
    emulator.configureNumber(NUMBER, change);
    const { code, found } = await ask(cwd);
    expect(found("number").join()).toMatch(new RegExp(`^failure: .*${message}`));
    expect(code).toBe(1);
  });

  it("a folder that cannot be written to", async () => {
    const { cwd } = await aFolder();
    // Fails for root, too.
    writeFileSync(join(cwd, ".warm-transfer"), "");
    const { code, found } = await ask(cwd);
    expect(found("folder").join()).toMatch(/^failure: .warm-transfer is a file, not a folder/);
    expect(found("store").join()).toMatch(/^failure: /);
    expect(code).toBe(1);
  });
});

describe("doctor reports other faults:", () => {
  it("secrets that other users can read", async () => {
    const { cwd } = await aFolder();
    chmodSync(join(cwd, ".env"), 0o644);
    expect((await ask(cwd)).found(".env")).toEqual([
      "failure: Other users of this machine can read the secrets in .env (mode 644).",
    ]);
  });

  it("a wrong token, and the checks that it prevents", async () => {
    const { cwd } = await aFolder({ TWILIO_AUTH_TOKEN: "f".repeat(32) });
    const { code, found } = await ask(cwd);
    expect(found("account").join()).toMatch(/^failure: /);
    expect(found("number").join()).toMatch(/^warning: Not checked/);
    expect(code).toBe(1);
  });

  it("an API key of another account", async () => {
    const { cwd } = await aFolder({ TWILIO_API_SECRET: "f".repeat(32) });
    expect((await ask(cwd)).found("api key").join()).toMatch(/^failure: /);
  });

  it("a mistake in warm-transfer.json, with its line", async () => {
    const { cwd } = await aFolder();
    writeFileSync(join(cwd, "warm-transfer.json"), '{\n  "nubmer": "+15550100000"\n}\n');
    expect((await ask(cwd)).found("settings").join()).toMatch(/^failure: .*line 2.*number/s);
  });

  it("a number whose calls go elsewhere while the server runs", async () => {
    const { cwd, emulator } = await aFolder();
    await startIn(cwd);
    emulator.configureNumber(NUMBER, { voiceUrl: "https://demo.twilio.com/welcome/voice/" });
    expect((await ask(cwd)).found("number")).toEqual([
      "failure: Its calls go to demo.twilio.com, not to this server.",
    ]);
  });

  it("a public URL that leads to another server", async () => {
    const other = await startIn((await aFolder()).cwd);
    const { cwd } = await aFolder({ PUBLIC_URL: other.url, PORT: String(await freePort()) });
    await startIn(cwd);
    const { found } = await ask(cwd);
    expect(found("public url").join()).toMatch(/^failure: .*another warm-transfer server answers/);
    expect(found("signature").join()).toMatch(/^warning: Not checked/);
  });

  it("a server that was started with another auth token", async () => {
    const { cwd } = await aFolder();
    await startIn(cwd);
    const { found } = await ask(cwd, { TWILIO_AUTH_TOKEN: "f".repeat(32) });
    expect(found("signature").join()).toMatch(
      /^failure: The server refuses requests signed with this auth token/,
    );
  });

  it.each(["<html>", "[]"])("another program in the server's place, which answers %s", async (answer) => {
    const { cwd, port } = await aFolder();
    const other = createServer((_request, response) => response.end(answer));
    await new Promise<void>((resolve) => void other.listen(port, "127.0.0.1", resolve));
    onTestFinished(() => void other.close());
    const { code, found } = await ask(cwd);
    expect([code, found("server")]).toEqual([
      1,
      [`failure: Another program answers at http://127.0.0.1:${port}.`],
    ]);
  });

  it("a missing ngrok authtoken with the tunnel ngrok", async () => {
    const { cwd } = await aFolder({ PUBLIC_URL: "" });
    expect((await ask(cwd)).found("tunnel").join()).toMatch(/^failure: NGROK_AUTHTOKEN is not set/);
  });
});
