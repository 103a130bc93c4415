import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { accountCredentials } from "../../src/config/account-credentials.ts";
import { loadSettings, serverConfig } from "../../src/config/load.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const SECRETS = {
  TWILIO_ACCOUNT_SID: `AC${"1".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "an-auth-token",
  TWILIO_API_KEY: `SK${"2".repeat(32)}`,
  TWILIO_API_SECRET: "an-api-secret",
  OPERATOR_TOKEN: "operator-token-of-the-tests",
};

function folder({ env = "", json = {} }: { env?: string; json?: object }): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, ".env"), env);
  writeFileSync(join(cwd, "warm-transfer.json"), JSON.stringify(json));
  return cwd;
}

describe("the settings", () => {
  it("come from flags, the environment, .env, warm-transfer.json and the defaults, in this order", async () => {
    const json = {
      port: 5,
      number: "+15550100005",
      publicUrl: "https://json.example.com",
      storeUrl: "memory:",
    };
    const cwd = folder({
      env: "PORT=4\nTWILIO_NUMBER=+15550100004\nPUBLIC_URL=https://env.example.com\n",
      json,
    });
    const env = { PORT: "3", TWILIO_NUMBER: "+15550100003" };
    const settings = await loadSettings({ cwd, env, flags: { port: 2, number: undefined } });
    expect(settings.port).toEqual({ value: 2, source: "flag" });
    expect(settings.number).toEqual({ value: "+15550100003", source: "environment" });
    expect(settings.publicUrl).toEqual({ value: "https://env.example.com", source: ".env" });
    expect(settings.storeUrl).toEqual({ value: "memory:", source: "warm-transfer.json" });
    expect(settings.ringSeconds).toEqual({ value: 20, source: "default" });
  });

  it("are empty in an empty folder, without an error", async () => {
    const settings = await loadSettings({ cwd: temporaryFolder(), env: { TWILIO_AUTH_TOKEN: "" } });
    expect(settings.authToken).toEqual({ value: "", source: "default" });
    expect(settings.agents).toEqual({ value: [], source: "default" });
  });

  it.each([
    ["http://127.0.0.1:4321", 4321],
    ["http://localhost", 80],
    ["https://calls.example.com", 3000],
    ["nonsense", 3000],
  ])("with the public URL %s have the port %d, unless one is set", async (PUBLIC_URL, port) => {
    const cwd = temporaryFolder();
    expect((await loadSettings({ cwd, env: { PUBLIC_URL } })).port.value).toBe(port);
    expect((await loadSettings({ cwd, env: { PUBLIC_URL, PORT: "9" } })).port.value).toBe(9);
  });
});

describe("the server's configuration", () => {
  const json = { number: "+15550100000", agents: [{ id: "agent1", name: "Anna" }], retryAfterSeconds: 7 };

  it("is made of the settings", async () => {
    const cwd = folder({ json });
    const config = serverConfig(await loadSettings({ cwd, env: SECRETS }));
    expect(config).toMatchObject({
      retryAfter: 7000,
      storeUrl: `file:${join(cwd, ".warm-transfer/calls.db")}`,
    });
  });

  it("keeps a STORE_URL with file: unchanged", async () => {
    const storeUrl = "file:///var/my%20calls.db";
    const settings = await loadSettings({ cwd: folder({ json: { ...json, storeUrl } }), env: SECRETS });
    expect(serverConfig(settings).storeUrl).toBe(storeUrl);
  });

  it("derives a stable session secret from the auth token", async () => {
    const secretOf = async (env: Record<string, string>) =>
      serverConfig(await loadSettings({ cwd: folder({ json }), env })).sessionSecret;
    const secret = await secretOf(SECRETS);
    expect(secret).toHaveLength(43);
    expect(secret).not.toContain(SECRETS.TWILIO_AUTH_TOKEN);
    expect(await secretOf(SECRETS)).toBe(secret);
    expect(await secretOf({ ...SECRETS, TWILIO_AUTH_TOKEN: "another" })).not.toBe(secret);
    const own = "a-secret-of-one's-own-that-is-long-enough";
    expect(await secretOf({ ...SECRETS, SESSION_SECRET: own })).toBe(own);
  });

  it("reports everything that is missing", async () => {
    const settings = await loadSettings({
      cwd: temporaryFolder(),
      env: { PORT: "x", TWILIO_ACCOUNT_SID: "AC" },
    });
    expect(() => serverConfig(settings)).toThrow(
      [
        "TWILIO_ACCOUNT_SID is malformed.",
        "TWILIO_AUTH_TOKEN is not set.",
        "TWILIO_API_KEY is not set.",
        "TWILIO_API_SECRET is not set.",
        "TWILIO_NUMBER is not set.",
        "OPERATOR_TOKEN is not set.",
        "The port is out of range.",
        "No agents are configured.",
      ].join("\n"),
    );
  });

  it("fails with one sentence in an empty folder, whatever the command line sets", async () => {
    const settings = await loadSettings({ cwd: temporaryFolder(), env: {}, flags: { port: 4000 } });
    const nothing = {
      message: "This folder is not set up.",
      hint: expect.stringContaining("init") as string,
    };
    expect(() => serverConfig(settings)).toThrow(expect.objectContaining(nothing) as Error);
    expect(() => accountCredentials(settings)).toThrow(expect.objectContaining(nothing) as Error);
  });
});

describe("trusted proxies", () => {
  const trusting = async (TRUSTED_PROXIES: string) =>
    serverConfig(
      await loadSettings({
        cwd: folder({ json: { number: "+15550100000", agents: [{ id: "agent1", name: "Ann" }] } }),
        env: { ...SECRETS, TRUSTED_PROXIES },
      }),
    ).trustedProxies;

  it("are none, or addresses, networks and loopback", async () => {
    expect(await trusting("")).toEqual([]);
    expect(await trusting("loopback, 10.0.0.0/8,2001:db8::1")).toEqual([
      "loopback",
      "10.0.0.0/8",
      "2001:db8::1",
    ]);
  });

  it.each(["10.0.0.0/33", "nginx", "10.0.0", "::/129", "true", "*"])("cannot be %s", async (wrong) => {
    await expect(trusting(wrong)).rejects.toMatchObject({
      category: "config",
      message: expect.stringContaining(wrong),
      hint: expect.stringContaining("10.0.0.0/8"),
    });
  });
});
