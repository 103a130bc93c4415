import { describe, expect, it } from "vitest";
import { type PageClient, openPage } from "../../src/cli/play/page-client.ts";
import { runCli } from "./support/run-cli.ts";
import { SLOW } from "./support/slow.ts";
import { NUMBER, OLD_URL, OPERATOR, type Started, type StartCli, aStartCli } from "./support/start-cli.ts";

/** Anna talks to a customer and has asked for Ben, whose page rings. */
async function benRings(cli: StartCli, { ready }: Started) {
  const pages: PageClient[] = [];
  for (const { id, signIn } of ready.agents) {
    const page = await openPage(signIn, id);
    await page.setReady(true);
    pages.push(page);
  }
  cli.twilio.people.add("client:anna", { habit: { kind: "answers", afterMs: 0 } });
  const ben = cli.twilio.people.add("client:ben");
  const customer = cli.twilio.people.add("+15550100321");
  await customer.call(NUMBER);
  const [anna] = pages;
  const view = await anna!.until("anna to talk", ({ state }) => state === "in-call");
  await anna!.transfer(view.call?.id ?? "", "ben");
  await expect.poll(() => ben.state).toBe("ringing");
  for (const page of pages) page.close();
  return { customer, ben };
}

describe("a start that is killed while the target rings", SLOW, () => {
  const types = (cli: StartCli, ...words: string[]) => runCli(words, { cwd: cli.cwd, env: cli.env });

  it("continues the transfer to its outcome after a restart", async () => {
    const cli = await aStartCli();
    const killed = await cli.start("--yes");
    const { customer, ben } = await benRings(cli, killed);
    await killed.end("SIGKILL");
    expect([customer.state, ben.state]).toEqual(["talking", "ringing"]);
    const again = await cli.start("--yes");
    const following = types(cli, "transfer", "complete", "--wait", "--json");
    expect((await following).code).toBe(3);
    ben.answer();
    await expect.poll(() => ben.state).toBe("talking");
    const joined = () =>
      again.events().some(({ event, label }) => event === "agent-joined" && label === "ben-1");
    await expect.poll(joined).toBe(true);
    const completed = await types(cli, "transfer", "complete", "--wait", "--json");
    expect(JSON.parse(completed.stdout)).toMatchObject({ outcome: "completed" });
    expect([completed.code, customer.state, ben.state]).toEqual([0, "talking", "talking"]);
    customer.hangUp();
    await expect
      .poll(async () => (await types(cli, "history", "--json")).stdout)
      .toContain('"endedBy":"customer"');
    expect(await again.end()).toBe(0);
    expect(cli.voiceUrl()).toBe(OLD_URL);
  });

  it("leaves the call as it is; number reset restores the number, also twice", async () => {
    const cli = await aStartCli();
    const killed = await cli.start("--yes");
    const { customer, ben } = await benRings(cli, killed);
    await killed.end("SIGKILL");
    for (const result of ["restored", "nothing-kept"]) {
      const { code, stdout } = await types(cli, "number", "reset", "--json");
      expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ result })]);
      expect(cli.voiceUrl()).toBe(OLD_URL);
    }
    expect([customer.state, ben.state]).toEqual(["talking", "ringing"]);
  });

  it("has a complete log, without a secret or a whole number", async () => {
    const cli = await aStartCli();
    const killed = await cli.start("--yes", "--log", "-");
    await benRings(cli, killed);
    const logged = () =>
      killed
        .stderr()
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    const line = (fields: object): unknown => expect.objectContaining(fields);
    await expect
      .poll(logged)
      .toEqual(
        expect.arrayContaining([
          line({ msg: "input", input: "customer-called" }),
          line({ msg: "action", action: "dial", leg: "anna-1", outcome: "done" }),
          line({ msg: "input", input: "start-transfer", by: "anna", to: "ben", transfer: "1" }),
          line({ msg: "action", action: "dial", leg: "ben-1", transfer: "1", outcome: "done" }),
          line({ msg: "input", input: "leg-ringing", leg: "ben-1", transfer: "1" }),
        ]),
      );
    const { authToken, apiSecret } = cli.twilio.credentials;
    for (const secret of [authToken, apiSecret, OPERATOR, "sign-in?t="])
      expect(killed.stderr()).not.toContain(secret);
    expect(killed.stderr()).not.toMatch(/\+\d{6,}/);
  });
});
