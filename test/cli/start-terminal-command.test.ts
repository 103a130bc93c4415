import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openPage } from "../../src/cli/play/page-client.ts";
import { SLOW } from "./support/slow.ts";
import { NUMBER, OLD_URL, OPERATOR, type StartCli, aStartCli } from "./support/start-cli.ts";
import { KEYS, type Terminal, atTerminal } from "./support/terminal.ts";

const CUSTOMER = "+15550100321";

function startAt(cli: StartCli): Terminal {
  const terminal = atTerminal(["start", "--agents", "anna,ben"], cli);
  onTestFinished(() => terminal.kill());
  return terminal;
}

/** Anna signs in by the link on the screen, and a customer talks to her. */
async function talk(cli: StartCli, terminal: Terminal) {
  const [link = ""] = /http:\S+\/sign-in\?t=\S+/.exec(terminal.screen()) ?? [];
  const page = await openPage(link, "anna");
  onTestFinished(() => page.close());
  await page.setReady(true);
  cli.twilio.people.add("client:anna", { habit: { kind: "answers", afterMs: 0 } });
  const customer = cli.twilio.people.add(CUSTOMER);
  await customer.call(NUMBER);
  return customer;
}

describe("warm-transfer start at a terminal", SLOW, () => {
  it("prompts for the number, shows the calls, logs to a file, and restores the number on Ctrl-C", async () => {
    const cli = await aStartCli();
    const terminal = startAt(cli);
    await terminal.answers(`Point ${NUMBER} at this server?`, `y${KEYS.enter}`);
    await terminal.sees("No calls.");
    const customer = await talk(cli, terminal);
    await terminal.sees("Anna: in a call");
    terminal.type(KEYS.interrupt);
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen()).toContain("1 call left to Twilio");
    expect([customer.state, cli.voiceUrl()]).toEqual(["talking", OLD_URL]);
    expect(terminal.screen()).not.toContain(CUSTOMER);

    const file = join(cli.cwd, ".warm-transfer", "server.log");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const log = readFileSync(file, "utf8");
    for (const line of ["customer-called", "call answered", "number restored", "server stopped"])
      expect(log).toContain(`"${line}"`);
    const { authToken, apiSecret } = cli.twilio.credentials;
    for (const secret of [authToken, apiSecret, OPERATOR, "sign-in?t="]) expect(log).not.toContain(secret);
    expect(log).not.toMatch(/\+\d{6,}/);
  });

  it("leaves the number unchanged after the answer no, and after Ctrl-C at the prompt", async () => {
    const cli = await aStartCli();
    for (const [keys, code] of [
      [`n${KEYS.enter}`, 3],
      [KEYS.interrupt, 130],
    ] as const) {
      const terminal = startAt(cli);
      await terminal.answers("at this server?", keys);
      expect([keys, await terminal.ended]).toEqual([keys, code]);
      expect(cli.voiceUrl()).toBe(OLD_URL);
    }
  });
});
