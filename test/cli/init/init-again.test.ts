import { execFileSync } from "node:child_process";
import { readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NUMBER, OTHER_NUMBER, startInitStage } from "./init-stage.ts";

describe("a second init", () => {
  it("changes nothing when nothing is new, and makes no second API key", async () => {
    const { init, cwd, keys } = await startInitStage();
    await init();
    const filesNow = () =>
      [".env", "warm-transfer.json"].map((name) => [
        statSync(join(cwd, name)).ino,
        readFileSync(join(cwd, name), "utf8"),
      ]);
    const before = filesNow();
    const { document, error } = await init([], { stdin: "" });
    expect(error).toBeUndefined();
    expect(document).toMatchObject({ written: [], changes: [], apiKey: { created: false } });
    expect([filesNow(), keys().length]).toEqual([before, 2]);
  });

  it("overwrites nothing without --yes", async () => {
    const { init, project } = await startInitStage();
    await init();
    const change = ["--number", OTHER_NUMBER, "--tunnel", "cloudflared"];
    const { error } = await init(change, { stdin: "" });
    expect([error?.category, error?.hint]).toEqual(["conflict", "Pass --yes to overwrite them."]);
    expect(error?.message).toContain("number in warm-transfer.json, publicUrl in warm-transfer.json");
    expect(project().number).toBe(NUMBER);
    expect((await init([...change, "--yes"], { stdin: "" })).error).toBeUndefined();
    expect(project()).toMatchObject({ number: OTHER_NUMBER, tunnel: { kind: "cloudflared" } });
    expect(project()).not.toHaveProperty("publicUrl");
  });

  it("does not overwrite or show a secret either", async () => {
    const { init, cwd, authToken, secrets } = await startInitStage();
    await init();
    writeFileSync(
      join(cwd, ".env"),
      readFileSync(join(cwd, ".env"), "utf8").replace(authToken, "an-older-token"),
    );
    const { error } = await init([], { env: { TWILIO_AUTH_TOKEN: authToken } });
    expect(error?.message).toContain("TWILIO_AUTH_TOKEN in .env");
    expect(error?.message).not.toMatch(new RegExp(`${authToken}|older`));
    expect(secrets().TWILIO_AUTH_TOKEN).toBe("an-older-token");
  });

  it("adds settings, and keeps the existing ones", async () => {
    const { init, cwd, project } = await startInitStage();
    const env = "# mine\nOTHER=1\nOPERATOR_TOKEN=one-of-my-own-choosing\n";
    writeFileSync(join(cwd, ".env"), env, { mode: 0o644 });
    writeFileSync(join(cwd, "warm-transfer.json"), '{ "ringSeconds": 30 }');
    expect((await init()).error).toBeUndefined();
    expect(readFileSync(join(cwd, ".env"), "utf8").startsWith(env)).toBe(true);
    expect(statSync(join(cwd, ".env")).mode & 0o777).toBe(0o600);
    expect(project()).toMatchObject({ ringSeconds: 30, number: NUMBER });
  });

  it("makes another API key when the one in .env is gone", async () => {
    const { init, emulator, secrets } = await startInitStage();
    await init();
    const { TWILIO_API_KEY: gone = "" } = secrets();
    emulator.engine.world.keys.delete(gone);
    expect((await init([], { stdin: "" })).error?.message).toContain("TWILIO_API_KEY in .env");
    expect((await init(["--yes"], { stdin: "" })).error).toBeUndefined();
    expect(secrets().TWILIO_API_KEY).not.toBe(gone);
  });

  it("drops the messages of one language when it changes to another", async () => {
    const { init, complete, project } = await startInitStage();
    await init([...complete, "--greeting", "Hello!"]);
    expect((await init(["--language", "ja", "--yes"], { stdin: "" })).error).toBeUndefined();
    expect(project()).toMatchObject({ language: "ja" });
    expect(project()).not.toHaveProperty("greeting");
  });

  it("does not use the token of another account", async () => {
    const { init, complete } = await startInitStage();
    await init();
    const { error } = await init([...complete, "--account-sid", `AC${"1".repeat(32)}`], { stdin: "" });
    expect(error?.message).toMatch(/^Missing settings:\n {2}the auth token/);
  });

  it("reports the faulty line of warm-transfer.json, and leaves the file", async () => {
    const { init, cwd, keys } = await startInitStage();
    writeFileSync(join(cwd, "warm-transfer.json"), '{\n  "prot": 1\n}');
    const { error } = await init();
    expect(error?.message).toContain("line 2: there is no setting prot; did you mean port?");
    expect(keys()).toHaveLength(1);
  });
});

describe("init, when it cannot write a file", () => {
  it("creates no API key", async () => {
    const { init, cwd, keys, has } = await startInitStage();
    writeFileSync(join(cwd, ".env"), Buffer.from("TWILIO_API_SECRET=caf\xe9\n", "latin1"));
    const { error } = await init();
    expect([error?.category, keys().length, has("warm-transfer.json")]).toEqual(["config", 1, false]);
  });

  it("writes nothing by halves, and reports the API key that it created", async () => {
    const { init, cwd, keys, files } = await startInitStage();
    // No other name fits beside it, so that only writing shows it.
    const long = join(cwd, "e".repeat(250));
    writeFileSync(long, "");
    symlinkSync(long, join(cwd, ".env"));
    const { error } = await init();
    expect(error?.message).toContain(".env cannot be written: its name is too long.");
    expect(error?.message).toContain(`The API key ${keys()[1]} was created`);
    expect(files()).not.toContain("warm-transfer.json");
  });

  it("reports a missing folder before it sends Twilio a request", async () => {
    const { init, cwd, keys } = await startInitStage();
    const { error } = await init(undefined, { cwd: join(cwd, "gone") });
    expect([error?.category, keys().length]).toEqual(["config", 1]);
  });
});

describe("init warns", () => {
  const git = (cwd: string, ...args: string[]) => execFileSync("git", args, { cwd });

  async function warningsIn(prepare: (cwd: string) => void, env: Record<string, string> = {}) {
    const { init, cwd, complete } = await startInitStage();
    prepare(cwd);
    const { document } = await init(complete, { env });
    return (document.warnings as string[]).filter((each) => !each.includes("local Twilio"));
  }

  it("that git would commit .env", async () => {
    expect(await warningsIn((cwd) => git(cwd, "init", "--quiet"))).toEqual([
      expect.stringContaining("git does not ignore it"),
    ]);
  });

  it("of nothing when git ignores .env, or outside a repository", async () => {
    const ignoring = (cwd: string) => {
      git(cwd, "init", "--quiet");
      writeFileSync(join(cwd, ".gitignore"), ".env\n");
    };
    expect(await warningsIn(ignoring)).toEqual([]);
    expect(await warningsIn(() => undefined)).toEqual([]);
  });

  it("of nothing when git is not installed", async () => {
    const before = process.env.PATH;
    process.env.PATH = "/nowhere";
    const warnings = await warningsIn(() => undefined).finally(() => (process.env.PATH = before));
    expect(warnings).toEqual([]);
  });

  it("that a value elsewhere has precedence", async () => {
    expect(await warningsIn(() => undefined, { TWILIO_NUMBER: OTHER_NUMBER })).toEqual([
      "TWILIO_NUMBER in the environment has another value, which takes precedence.",
    ]);
    const inFile = (cwd: string) => writeFileSync(join(cwd, ".env"), "PUBLIC_URL=https://a.example.com\n");
    expect(await warningsIn(inFile)).toEqual([
      "PUBLIC_URL in .env has another value, which takes precedence over warm-transfer.json.",
    ]);
  });

  it("that cloudflared is not installed, and says how to install it", async () => {
    const { init, complete, cwd } = await startInitStage();
    const args = [...complete.slice(0, -2), "--tunnel", "cloudflared", "--dry-run"];
    const warned = async (PATH: string): Promise<string[]> =>
      ((await init(args, { env: { PATH } })).document.warnings as string[]).filter((each) =>
        each.startsWith("cloudflared"),
      );
    expect(await warned(cwd)).toEqual([expect.stringMatching(/not on the PATH.*Install it: /)]);
    writeFileSync(join(cwd, "cloudflared"), "", { mode: 0o755 });
    expect(await warned(`/nowhere:${cwd}`)).toEqual([]);
  });
});
