import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import twilio from "twilio";
import { describe, expect, it } from "vitest";
import { loadSettings, serverConfig } from "../../../src/config/load.ts";
import { localClient } from "../../support/contract/client.ts";
import { NUMBER, OTHER_NUMBER, startInitStage } from "./init-stage.ts";

describe("init in an empty folder", () => {
  it("writes every setting that start needs", async () => {
    const { init, cwd, accountSid, authToken, secrets, project, files } = await startInitStage();
    const { document, error } = await init();
    expect(error).toBeUndefined();
    expect(files()).toEqual([".env", ".warm-transfer", "warm-transfer.json"]);
    expect(statSync(join(cwd, ".env")).mode & 0o777).toBe(0o600);
    expect(secrets()).toEqual({
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_API_KEY: (document.apiKey as { sid: string }).sid,
      TWILIO_API_SECRET: expect.stringMatching(/^\w{32}$/),
      OPERATOR_TOKEN: expect.stringMatching(/^[\w-]{32}$/),
    });
    expect(project()).toEqual({
      $schema: "./.warm-transfer/warm-transfer.schema.json",
      number: NUMBER,
      publicUrl: "http://127.0.0.1:3000",
      agents: [
        { id: "agent1", name: "Agent 1" },
        { id: "agent2", name: "Agent 2" },
      ],
      language: "en",
    });
    expect(
      serverConfig(await loadSettings({ cwd, env: { TWILIO_API_BASE_URL: "http://127.0.0.1:9" } })),
    ).toMatchObject({ number: NUMBER, port: 3000 });
  });

  it("reports its changes in one document without secrets", async () => {
    const { init, secrets, authToken, accountSid, keys } = await startInitStage();
    const { document, stdout } = await init();
    expect(document).toMatchObject({
      account: { sid: accountSid, friendlyName: "Local Twilio" },
      number: NUMBER,
      apiKey: { sid: keys()[1], created: true },
      next: "warm-transfer start",
      warnings: [expect.stringContaining("TWILIO_API_BASE_URL")],
    });
    const { TWILIO_API_SECRET, OPERATOR_TOKEN } = secrets();
    for (const secret of [authToken, TWILIO_API_SECRET, OPERATOR_TOKEN]) expect(stdout).not.toContain(secret);
  });

  it("creates an API key that works", async () => {
    const { init, emulator, accountSid, secrets } = await startInitStage();
    await init();
    const { TWILIO_API_KEY = "", TWILIO_API_SECRET = "" } = secrets();
    const { httpClient } = localClient(emulator.url);
    const client = twilio(TWILIO_API_KEY, TWILIO_API_SECRET, { accountSid, httpClient });
    expect(await client.calls.list()).toEqual([]);
    expect(emulator.engine.world.keys.get(TWILIO_API_KEY)?.friendlyName).toBe("warm-transfer");
  });

  it("does not touch the number", async () => {
    const { init, emulator } = await startInitStage();
    const before = structuredClone(emulator.numbers);
    await init();
    expect(emulator.numbers).toEqual(before);
  });

  it("writes a schema for editors, and hides its own folder from git", async () => {
    const { init, cwd, project } = await startInitStage();
    await init();
    const schema = JSON.parse(readFileSync(join(cwd, String(project().$schema)), "utf8")) as object;
    expect(schema).toHaveProperty("properties.ringSeconds.description");
    expect(readFileSync(join(cwd, ".warm-transfer/.gitignore"), "utf8")).toBe("*\n");
  });

  it("reads every answer from the environment too", async () => {
    const { init, accountSid, authToken, project, secrets, emulator } = await startInitStage();
    const { apiKey, apiSecret } = emulator.credentials;
    const env = {
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_API_KEY: apiKey,
      TWILIO_API_SECRET: apiSecret,
      TWILIO_NUMBER: OTHER_NUMBER,
      AGENTS: "anna:Anna Berg,ben",
      GREETING_LANGUAGE: "ja",
      GREETING: "もしもし",
      TUNNEL: "ngrok",
      NGROK_DOMAIN: "calls.example.com",
      NGROK_AUTHTOKEN: "an-ngrok-token",
    };
    expect((await init([], { env, stdin: "" })).error).toBeUndefined();
    expect(project()).toMatchObject({
      number: OTHER_NUMBER,
      agents: [
        { id: "anna", name: "Anna Berg" },
        { id: "ben", name: "Ben" },
      ],
      language: "ja",
      greeting: "もしもし",
      tunnel: { kind: "ngrok", domain: "calls.example.com" },
    });
    expect(secrets()).toMatchObject({ TWILIO_API_KEY: apiKey, NGROK_AUTHTOKEN: "an-ngrok-token" });
  });

  it("reads secrets from files, without the line break at their end", async () => {
    const { init, cwd, complete, authToken, secrets, emulator } = await startInitStage();
    const { apiKey, apiSecret } = emulator.credentials;
    writeFileSync(join(cwd, "token"), `${authToken}\n`);
    writeFileSync(join(cwd, "secret"), `${apiSecret}\r\n`);
    const files = [
      "--auth-token-file",
      join(cwd, "token"),
      "--api-key",
      apiKey,
      "--api-secret-file",
      join(cwd, "secret"),
    ];
    expect((await init([...complete, ...files], { stdin: "" })).error).toBeUndefined();
    expect(secrets()).toMatchObject({ TWILIO_AUTH_TOKEN: authToken, TWILIO_API_SECRET: apiSecret });
  });

  it("reads the token from PowerShell's standard input, in UTF-16 with a byte-order mark", async () => {
    const { init, authToken, secrets } = await startInitStage();
    const stdin = Buffer.from(`\uFEFF${authToken}\r\n`, "utf16le");
    expect((await init(undefined, { stdin })).error).toBeUndefined();
    expect(secrets()).toMatchObject({ TWILIO_AUTH_TOKEN: authToken });
  });

  it("shows with --dry-run what it would do, and changes nothing", async () => {
    const { init, complete, files, keys } = await startInitStage();
    const { document, error } = await init([...complete, "--dry-run"]);
    expect(error).toBeUndefined();
    expect(document).toMatchObject({ dryRun: true, apiKey: null });
    expect(document.written).toContain(".env");
    expect([files(), keys().length]).toEqual([[], 1]);
  });
});
