import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Running } from "../cli/support/run-cli.ts";
import { freePort } from "../support/world/free-port.ts";
import { type NewUser, aNewUser } from "./support/new-user.ts";
import { button, expectToHear, untilReady } from "./support/on-the-line.ts";
import { type Party, openParty } from "./support/party.ts";
import { startTransfer } from "./support/start-transfer.ts";
import { ALL_TALK, WITH_AGENT1, WITH_AGENT2 } from "./support/three-by-ear.ts";

interface TwilioReady {
  url: string;
  accountSid: string;
  authToken: string;
  number: string;
}

interface Ready {
  agents: { id: string; signIn: string }[];
}

/** What interrupts the agent from now on: the titles of the alerts that come up. */
const alarmsOf = ({ page }: Party) =>
  page.evaluateHandle(() => {
    const alarms: (string | null)[] = [];
    const look = (changes: MutationRecord[]) => {
      for (const { addedNodes } of changes)
        for (const { textContent } of addedNodes) alarms.push(textContent);
    };
    const list = document.querySelector("#urgent-notices");
    if (!list) throw new Error("the page has no place for alerts");
    new MutationObserver(look).observe(list, { childList: true });
    return alarms;
  });

/** As a new user would: an empty folder, a local Twilio in a process of its own, and what the README says to type. */
describe("a number of one's own, from the empty folder to the number given back", () => {
  let twilio: Running;
  let account: TwilioReady;
  let user: NewUser;
  let server: Running;
  let before: string;
  let everybody: Party[] = [];
  const [person, landlord] = [
    (name: string) => everybody.find((each) => each.name === name) as Party,
    aNewUser(),
  ];

  const runsJson = async (words: string[]): Promise<Record<string, unknown>> => {
    const { code, stdout, stderr } = await user.runs([...words, "--json"]);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
    return JSON.parse(stdout) as Record<string, unknown>;
  };

  beforeAll(async () => {
    twilio = await landlord.starts(["emulator", "--port", "0", "--json"]);
    account = twilio.ready as unknown as TwilioReady;
    user = aNewUser({ TWILIO_API_BASE_URL: account.url });
  });
  afterAll(async () => {
    await Promise.all(everybody.map((party) => party.close()));
    await user?.leaves();
    await landlord.leaves();
  });

  it("init writes the settings, with the auth token from standard input", async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const words = ["init", "--no-input", "--account-sid", account.accountSid, "--number", account.number];
    const { code, stdout, stderr } = await user.runs(
      [...words, "--agents", "agent1,agent2", "--public-url", url],
      account.authToken,
    );
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
    expect(stdout + stderr).not.toContain(account.authToken);
    expect(statSync(join(user.folder, ".env")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(user.folder, ".env"), "utf8")).toContain(account.authToken);
    expect(readFileSync(join(user.folder, "warm-transfer.json"), "utf8")).not.toContain(account.authToken);
  });

  it("number show tells what the number does before", async () => {
    before = JSON.stringify(await runsJson(["number", "show"]));
  });

  it("start serves the number and tells no secret", async () => {
    server = await user.starts(["start", "--json"]);
    const env = readFileSync(join(user.folder, ".env"), "utf8");
    const secrets = [
      ...env.matchAll(/^(?:TWILIO_AUTH_TOKEN|TWILIO_API_SECRET|OPERATOR_TOKEN)=["']?([^"'\n]+)/gm),
    ];
    expect(secrets).toHaveLength(3);
    for (const [, secret] of secrets) expect(server.lines.join("\n") + server.stderr()).not.toContain(secret);
    expect(JSON.stringify(await runsJson(["number", "show"]))).not.toBe(before);
  });

  it("the agents sign in by their links, and agent1 answers the customer", async () => {
    const { agents } = server.ready as unknown as Ready;
    const [one, two] = agents;
    everybody = await Promise.all([
      openParty("customer", 770, `${account.url}/phone`),
      openParty("agent1", 990, one?.signIn ?? ""),
      openParty("agent2", 1460, two?.signIn ?? ""),
    ]);
    for (const name of ["agent1", "agent2"]) await untilReady(person(name));
    await button(person("customer"), "Call").click();
    await button(person("agent1"), "Answer").click();
    await expectToHear(everybody, WITH_AGENT1);
  });

  it("conferences list shows the one that is live, its number masked", async () => {
    const list = JSON.stringify(await runsJson(["conferences", "list"]));
    expect(list).toContain("agent1");
    expect(list).toMatch(/"state":"talking"/);
    expect(list).not.toMatch(/\+\d{8,}/);
  });

  it("an operator's transfer to agent2 is followed to its outcome", async () => {
    const transfer = user.runs(["transfer", "start", "--to", "agent2", "--json", "--wait"]);
    await button(person("agent2"), "Answer").click();
    await expectToHear(everybody, ALL_TALK);
    await button(person("agent1"), "Leave").click();
    const { code, stdout } = await transfer;
    expect(JSON.parse(stdout)).toMatchObject({ outcome: "completed" });
    expect(code).toBe(0);
    await expectToHear(everybody, WITH_AGENT2);
  });

  it("a server that is killed and started again goes on with the call; nobody notices", async () => {
    const alarms = await alarmsOf(person("agent2"));
    await server.end("SIGKILL");
    server = await user.starts(["start", "--json"]);
    await expectToHear(everybody, WITH_AGENT2);
    await untilReady(person("agent1"));
    expect(await alarms.jsonValue()).toEqual([]);
    await startTransfer(person("agent2").page, /./);
    await button(person("agent1"), "Answer").click();
    await expectToHear(everybody, ALL_TALK);
    await button(person("agent2"), "Leave").click();
    await expectToHear(everybody, WITH_AGENT1);
  });

  it("doctor finds nothing wrong", async () => {
    expect((await runsJson(["doctor"])).ok).toBe(true);
  });

  it("Ctrl-C restores the number, and the call goes on at Twilio", async () => {
    expect(await server.end()).toBe(0);
    expect(JSON.stringify(await runsJson(["number", "show"]))).toBe(before);
    await expectToHear(everybody, WITH_AGENT1);
  });
});
