import { existsSync, readFileSync, statSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Person } from "local-twilio";
import { openPage } from "../../src/cli/play/page-client.ts";
import { runCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";
import { NUMBER, OLD_URL, type StartCli, type Started, aStartCli } from "./support/start-cli.ts";

const CUSTOMER = "+15550100321";
const text = (shape: RegExp): string => expect.stringMatching(shape) as string;

describe("warm-transfer start", SLOW, () => {
  let cli: StartCli;
  beforeEach(async () => void (cli = await aStartCli()));

  /** Anna's page is open and ready, and her browser answers; a customer rings and talks to her. */
  async function talk({ ready }: Started): Promise<Person> {
    const signIn = ready.agents[0]?.signIn ?? "";
    cli.twilio.people.add("client:anna", { habit: { kind: "answers", afterMs: 0 } });
    const page = await openPage(signIn, "anna");
    await page.setReady(true);
    const customer = cli.twilio.people.add(CUSTOMER);
    await customer.call(NUMBER);
    await page.until("anna to be in the call", ({ state }) => state === "in-call");
    page.close();
    return customer;
  }

  const names = (started: Started): unknown[] => started.events().map(({ event }) => event);

  it("prints one line with every value that a script needs, and no secrets but the links", async () => {
    const started = await cli.start("--yes");
    const signIn = text(/^http:\/\/127\.0\.0\.1:\d+\/sign-in\?/);
    const url = `http://127.0.0.1:${cli.port}`;
    expect(started.ready).toEqual({
      event: "ready",
      server: { url },
      publicUrl: url,
      number: NUMBER,
      agents: [
        { id: "anna", name: "Anna", signIn },
        { id: "ben", name: "Ben", signIn },
      ],
      accountSid: cli.twilio.credentials.accountSid,
    });
    expect(cli.voiceUrl()).toBe(`${url}/conference/connect/client`);
    await expect.poll(() => started.events()[1]).toMatchObject({ event: "number-pointed", before: OLD_URL });
  });

  it("serves a customer, reports each step in a line, and shows no secret and no whole number", async () => {
    const started = await cli.start("--yes", "--log", "-");
    const customer = await talk(started);
    customer.hangUp();
    await expect.poll(() => names(started)).toContain("call-ended");
    await started.end();
    expect(names(started)).toEqual(expect.arrayContaining(["customer-called", "agent-joined", "ended"]));
    const output = started.lines.slice(1).join("\n") + started.stderr();
    expect(output).not.toMatch(/\+\d{6,}/);
    const { authToken, apiSecret } = cli.twilio.credentials;
    for (const secret of [authToken, apiSecret, cli.env.OPERATOR_TOKEN, "sign-in?t="])
      expect(output).not.toContain(secret);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "restores the number and exits with 0 on %s; the live call goes on",
    async (signal) => {
      const started = await cli.start("--yes");
      const customer = await talk(started);
      expect(await started.end(signal)).toBe(0);
      expect(cli.voiceUrl()).toBe(OLD_URL);
      expect(customer.state).toBe("talking");
      await expect(fetch(started.ready.server.url)).rejects.toThrow();
      const events = started.events().slice(-3);
      expect(events).toMatchObject([
        { event: "ending", calls: 1 },
        { event: "number-restored", voiceUrl: OLD_URL },
        { event: "ended", calls: 1 },
      ]);
    },
  );

  it("waits with --drain until the customer has hung up, and refuses new calls", async () => {
    const started = await cli.start("--yes", "--drain");
    const customer = await talk(started);
    const exit = once(started.child, "exit");
    started.child.kill("SIGINT");
    await expect.poll(() => names(started)).toContain("draining");
    expect(cli.voiceUrl()).toBe(OLD_URL);
    // One that Twilio had sent on before the number was given back.
    cli.twilio.configureNumber(NUMBER, { voiceUrl: `${started.ready.publicUrl}/conference/connect/client` });
    const late = cli.twilio.people.add("+15550100654");
    await late.call(NUMBER);
    await expect.poll(() => late.captions.length).toBe(1);
    await expect.poll(() => late.state, SLOW).toBe("idle");
    expect(started.child.exitCode).toBeNull();
    customer.hangUp();
    expect((await exit)[0]).toBe(0);
    expect(started.events().at(-1)).toMatchObject({ event: "ended", calls: 0 });
  });

  it("stops waiting after the time of --drain, and reports how many calls are left", async () => {
    const started = await cli.start("--yes", "--drain", "1s");
    const customer = await talk(started);
    const code = await started.end();
    expect(code).toBe(0);
    expect(customer.state).toBe("talking");
    expect(started.events().at(-1)).toMatchObject({ event: "ended", calls: 1 });
  });

  it("exits at once on a second Ctrl-C, and says how to restore the number", async () => {
    const started = await cli.start("--yes", "--drain");
    cli.twilio.faults.add({ rest: "*", times: 99, delayMs: 30_000 });
    started.child.kill("SIGINT");
    await expect.poll(() => names(started)).toContain("ending");
    const exit = once(started.child, "exit");
    // What comes within a quarter of a second is the same key.
    await expect.poll(() => (started.child.kill("SIGINT"), started.child.exitCode), SLOW).toBe(130);
    await exit;
    expect(started.stderr()).toContain("warm-transfer number reset");
    cli.twilio.faults.clear();
    expect(cli.voiceUrl()).not.toBe(OLD_URL);
    const reset = await runCli(["number", "reset", "--yes"], { env: cli.env, cwd: cli.cwd });
    expect(reset.code).toBe(0);
    expect(cli.voiceUrl()).toBe(OLD_URL);
  });

  it.each([
    ["cannot be reached", { answer: "reset" as const }],
    // Longer than the test may take: the end waits for no answer.
    ["does not answer", { delayMs: 600_000 }],
  ])("exits with 1 when Twilio %s, and says how to restore the number", async (_how, fault) => {
    const started = await cli.start("--yes");
    cli.twilio.faults.add({ rest: "*", times: 99, ...fault });
    expect(await started.end()).toBe(1);
    const { error } = JSON.parse(
      started
        .stderr()
        .split("\n")
        .find((line) => line.includes('"hint"')) ?? "{}",
    ) as {
      error: { message: string; hint: string };
    };
    expect(error.message).toMatch(/^The number still points at this server: /);
    expect(error.hint).toContain("warm-transfer number reset");
  });

  it("keeps the number's first settings when it was killed and starts again", async () => {
    const killed = await cli.start("--yes");
    await killed.end("SIGKILL");
    expect(cli.voiceUrl()).not.toBe(OLD_URL);
    const again = await cli.start();
    expect(await again.end()).toBe(0);
    expect(cli.voiceUrl()).toBe(OLD_URL);
  });

  it("writes its address for other commands to a file that only its owner can read, until it ends", async () => {
    const started = await cli.start("--yes");
    const file = join(cli.cwd, ".warm-transfer", "server.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
      pid: started.child.pid,
      url: started.ready.server.url,
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await started.end();
    expect(existsSync(file)).toBe(false);
  });
});

describe("warm-transfer start changes nothing and refuses", SLOW, () => {
  let cli: StartCli;
  beforeEach(async () => void (cli = await aStartCli()));

  it("a number that points elsewhere, where there is no terminal", async () => {
    const { code, stderr, stdout } = await runCli(["start", "--agents", "anna"], cli);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(
      `error: +155…00 points at ${OLD_URL}, and there is no terminal to confirm the change at.`,
    );
    expect(stderr).toContain("hint: Pass --yes");
    expect(cli.voiceUrl()).toBe(OLD_URL);
  });

  it("a second server on the same file", async () => {
    await cli.start("--yes");
    const { code, stderr } = await runCli(["start", "--agents", "anna", "--port", "0"], cli);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error: /m);
  });

  it("a public URL that leads to another program, and one with a path", async () => {
    const url = cli.twilio.url;
    const words = ["start", "--yes", "--agents", "anna", "--port", "0"];
    const foreign = await runCli([...words, "--public-url", url], cli);
    expect(foreign.code).toBe(3);
    expect(foreign.stderr).toMatch(/does not lead to this server: it answers with HTTP 404/);
    const path = await runCli([...words, "--public-url", "https://example.com/x"], cli);
    expect(path.code).toBe(2);
    expect(cli.voiceUrl()).toBe(OLD_URL);
  });

  it.each([
    ["a setting that is missing", { TWILIO_AUTH_TOKEN: "" }, 2, /TWILIO_AUTH_TOKEN/],
    ["no way in", { PUBLIC_URL: "" }, 2, /No public URL or tunnel[^]*NGROK_AUTHTOKEN/],
    ["a wrong token", { TWILIO_AUTH_TOKEN: "wrong" }, 4, /error: /],
    [
      "another Twilio",
      { TWILIO_API_BASE_URL: "http://twilio.example.com" },
      2,
      /does not point at this machine/,
    ],
  ])("%s", async (_what, change, code, sentence) => {
    const run = await runCli(["start", "--agents", "anna"], { ...cli, env: { ...cli.env, ...change } });
    expect(run.stderr).toMatch(sentence);
    expect(run.code).toBe(code);
  });

  it("two public addresses at once", async () => {
    const words = ["start", "--public-url", "https://example.com", "--tunnel", "ngrok"];
    const { code, stderr } = await runCli(words, cli);
    expect(code).toBe(2);
    expect(stderr).toContain("cannot be used with");
  });
});
