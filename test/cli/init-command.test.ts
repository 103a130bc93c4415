import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { accountAndFolder } from "./init/init-stage.ts";
import { ownedByOrdinaryUser } from "../support/ordinary-user.ts";
import { runCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";
import { KEYS, atTerminal } from "./support/terminal.ts";

/** Runs the built `init`, without and at a terminal. */
async function startInitCommandStage() {
  const place = await accountAndFolder();
  const { authToken, cwd, env } = place;
  const complete = ["init", "--no-input", ...place.complete, "--json"];
  return {
    ...place,
    complete,
    run: (args: readonly string[] = complete, stdin = authToken, user: { uid?: number } = {}) =>
      runCli(args, { cwd, env, stdin, ...user }),
    read: (name: string) => readFileSync(join(cwd, name), "utf8"),
    wizard: (args: readonly string[] = []) => {
      const terminal = atTerminal(["init", ...args], { cwd, env });
      onTestFinished(() => terminal.kill());
      return terminal;
    },
  };
}

describe("warm-transfer init in a script", SLOW, () => {
  it("sets up an empty folder with the token on standard input", async () => {
    const { run, files, read, authToken } = await startInitCommandStage();
    const { code, stdout, stderr } = await run();
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({ number: "+15550100000", next: "warm-transfer start" });
    expect(stdout).not.toContain(authToken);
    expect(files()).toEqual([".env", ".warm-transfer", "warm-transfer.json"]);
    expect(read(".env")).toContain(`TWILIO_AUTH_TOKEN=${authToken}\n`);
  });

  it.each([
    ["a wrong token", [], "wrong", 4],
    ["no token", [], "", 2],
    ["a number that is not the account's", ["--number", "+15550100009"], undefined, 3],
    ["a wrong public URL", ["--public-url", "https://a_b.example.com"], undefined, 2],
  ])("ends with its own exit code: %s", async (_, args, stdin, expected) => {
    const { run, complete, files } = await startInitCommandStage();
    const { code, stdout, stderr } = await run([...complete, ...args], stdin);
    expect([code, stdout, files()]).toEqual([expected, "", []]);
    expect(JSON.parse(stderr)).toHaveProperty("error.hint", expect.stringMatching(/./));
  });

  it("overwrites nothing without --yes", async () => {
    const { run, complete } = await startInitCommandStage();
    await run();
    const other = complete.map((word) => (word === "+15550100000" ? "+15550100001" : word));
    expect((await run(other)).code).toBe(3);
    expect((await run([...other, "--yes"])).code).toBe(0);
  });

  it("reports a folder that it may not write", async () => {
    const { run, cwd, complete, authToken } = await startInitCommandStage();
    const user = ownedByOrdinaryUser(cwd);
    chmodSync(cwd, 0o500);
    const { code, stderr } = await run(complete, authToken, user);
    expect([code, stderr]).toEqual([2, expect.stringContaining("cannot be written")]);
  });

  it("names the next command", async () => {
    const { run, complete } = await startInitCommandStage();
    const { stdout, stderr } = await run(complete.slice(0, -1));
    expect(stdout).toMatch(
      /Written +\.warm-transfer\/\.gitignore.*\.env\n\nNext, run: warm-transfer start\n$/s,
    );
    expect(stderr).toContain("Account: Local Twilio");
  });
});

describe("warm-transfer init at a terminal", SLOW, () => {
  it("prompts for each value, again after a wrong token, and never shows the token", async () => {
    const { wizard, accountSid, authToken, read } = await startInitCommandStage();
    const terminal = wizard();
    await terminal.answers("Account SID", `${accountSid}${KEYS.enter}`);
    await terminal.answers("Auth token", `not-the-token${KEYS.reveal}${KEYS.enter}`);
    await terminal.sees("Twilio refused the account SID or the auth token.");
    await terminal.answers("Account SID", KEYS.enter);
    await terminal.answers("Auth token", `${authToken}${KEYS.enter}`);
    await terminal.sees("Account: Local Twilio");
    await terminal.sees("+15550100001: a call goes to https://old.example.com/voice");
    terminal.type(`${KEYS.down}${KEYS.enter}`);
    await terminal.answers("Agents' names", `Anna Berg, Ben${KEYS.enter}`);
    await terminal.answers("Which language", `${KEYS.down}${KEYS.enter}`);
    await terminal.answers("お電話ありがとうございます", KEYS.enter);
    await terminal.answers("How does Twilio reach", `${KEYS.down}${KEYS.enter}`);
    await terminal.sees("warm-transfer start");
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen()).not.toMatch(new RegExp(`${authToken}|not-the-token`));
    expect(JSON.parse(read("warm-transfer.json"))).toMatchObject({
      number: "+15550100000",
      agents: [
        { id: "anna_berg", name: "Anna Berg" },
        { id: "ben", name: "Ben" },
      ],
      language: "ja",
      tunnel: { kind: "cloudflared" },
    });
    expect(read(".env")).toContain(`TWILIO_AUTH_TOKEN=${authToken}\n`);
  });

  it("exits with 130 on Ctrl-C at any prompt, and writes nothing", async () => {
    const { wizard, accountSid, authToken, files, emulator } = await startInitCommandStage();
    const first = wizard();
    await first.answers("Account SID", KEYS.interrupt);
    expect(await first.ended).toBe(130);
    const later = wizard(["--account-sid", accountSid, "--number", "+15550100000"]);
    await later.answers("Auth token", `${authToken}${KEYS.enter}`);
    await later.answers("Agents' names", `Anna${KEYS.interrupt}`);
    expect(await later.ended).toBe(130);
    expect(later.screen()).not.toContain("error:");
    expect([files(), emulator.engine.world.keys.size]).toEqual([[], 1]);
  });

  it("offers existing values, hides the ngrok token, and confirms before it overwrites a value", async () => {
    const { wizard, run, read } = await startInitCommandStage();
    await run();
    const terminal = wizard(["--number", "+15550100001"]);
    await terminal.answers("Account SID", KEYS.enter);
    await terminal.answers("agent1:Agent 1, agent2:Agent 2", KEYS.enter);
    await terminal.answers("Which language", KEYS.enter);
    await terminal.answers("Thank you for calling", KEYS.enter);
    await terminal.answers("Your own public URL", `${KEYS.up}${KEYS.up}${KEYS.enter}`);
    await terminal.answers("Your ngrok domain", `calls.example.com${KEYS.enter}`);
    await terminal.answers("ngrok's authtoken", `an-ngrok-token${KEYS.enter}`);
    await terminal.answers('"+15550100000" → "+15550100001". Overwrite it?', `y${KEYS.enter}`);
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen()).not.toContain("an-ngrok-token");
    expect(JSON.parse(read("warm-transfer.json"))).toMatchObject({
      number: "+15550100001",
      tunnel: { kind: "ngrok", domain: "calls.example.com" },
    });
    expect(read(".env")).toContain("NGROK_AUTHTOKEN=an-ngrok-token\n");
  });

  it("changes nothing when the user keeps a value", async () => {
    const { wizard, run, read } = await startInitCommandStage();
    await run();
    const before = read("warm-transfer.json");
    const terminal = wizard([
      "--number",
      "+15550100001",
      "--tunnel",
      "cloudflared",
      "--agents",
      "agent1,agent2",
    ]);
    await terminal.answers("Account SID", KEYS.enter);
    await terminal.answers("Which language", KEYS.enter);
    await terminal.answers("Thank you for calling", KEYS.enter);
    await terminal.answers("Overwrite it?", KEYS.enter);
    await terminal.sees("Nothing was written.");
    expect(await terminal.ended).toBe(3);
    expect(read("warm-transfer.json")).toBe(before);
  });

  it("prompts for an API key that works where it may not create one", async () => {
    const { wizard, accountSid, authToken, emulator, read } = await startInitCommandStage();
    emulator.faults.add({ rest: "CreateNewKey", answer: 401, code: 20003 });
    const { apiKey, apiSecret } = emulator.credentials;
    const flags = [
      "--account-sid",
      accountSid,
      "--number",
      "+15550100000",
      "--agents",
      "a,b",
      "--language",
      "en",
    ];
    const terminal = wizard([...flags, "--greeting", "Hello", "--tunnel", "cloudflared"]);
    await terminal.answers("Auth token", `${authToken}${KEYS.enter}`);
    await terminal.sees("Twilio does not let this auth token create API keys.");
    await terminal.answers("SID of a Standard API key", `${apiKey}${KEYS.enter}`);
    await terminal.answers("Its secret", `wrong-secret${KEYS.enter}`);
    await terminal.sees("Twilio refused this key.");
    await terminal.answers("SID of a Standard API key", `${apiKey}${KEYS.enter}`);
    await terminal.answers("Its secret", `${apiSecret}${KEYS.enter}`);
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen()).not.toContain(apiSecret);
    expect(read(".env")).toContain(`TWILIO_API_SECRET=${apiSecret}\n`);
  });
});
