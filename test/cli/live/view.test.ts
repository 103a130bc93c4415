import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { watchStories } from "../../../src/cli/live/events.ts";
import { type LiveView, openView } from "../../../src/cli/live/view.ts";
import { openPage } from "../../../src/cli/play/page-client.ts";
import { AppError } from "../../../src/errors.ts";
import { CUSTOMER, NUMBER, aServerWithTwilio } from "../../server/support/start-server.ts";
import { memoryOutput, terminalOutput } from "../support/memory-output.ts";
import { virtualTerminal } from "../support/virtual-terminal.ts";

describe("the live view", () => {
  let seen: ReturnType<typeof virtualTerminal>;
  let terminal: ReturnType<typeof virtualTerminal>["terminal"];
  let view: LiveView | undefined;

  beforeEach(() => {
    seen = virtualTerminal(80, 24);
    // oxlint-disable-next-line no-control-regex -- colours are taken away
    const plain = (text: string): void => seen.terminal.write(text.replace(/\u001b\[\d+m/g, ""));
    terminal = { ...seen.terminal, write: plain };
  });
  afterEach(() => view?.close());

  it("has the story above and the table below, from the first ring to the end", async () => {
    const { server, twilio } = await aServerWithTwilio();
    const shown = openView({ server, output: terminalOutput(terminal) });
    view = shown;
    watchStories(server, (happening) => shown.show(happening));
    await expect.poll(seen.text).toContain("No calls.");
    twilio.people.add("client:agent1", { habit: { kind: "answers", afterMs: 0 } });
    const page = await openPage(await server.signInLink("agent1"), "agent1");
    await page.setReady(true);
    await expect.poll(seen.text).toContain("Ann: free  Bob: signed out  Cleo: signed out");
    const customer = twilio.people.add(CUSTOMER);
    await customer.call(NUMBER);
    await expect.poll(() => seen.text().join("\n")).toMatch(/\+155…11 +0:0\d +talking +Ann\n/);
    expect(seen.text()).toContain("Ann: in a call  Bob: signed out  Cleo: signed out");
    customer.hangUp();
    await expect.poll(seen.text).toContain("No calls.");
    page.close();
    shown.close();
    const left = seen.text().filter(Boolean);
    expect(left[0]).toMatch(/the customer calls/);
    expect(left.join("\n")).toMatch(/the call is over/);
    expect(left.filter((line) => line.includes("No calls"))).toEqual([]);
  });

  it("prints errors above the table, whichever stream they are for", async () => {
    const { server } = await aServerWithTwilio();
    view = openView({ server, output: terminalOutput(terminal) });
    await expect.poll(seen.text).toContain("No calls.");
    view.error(new AppError("network", "The tunnel is gone.", { hint: "Wait." }));
    view.info("it is back");
    view.announce({ event: "back" }, "all is well");
    expect(seen.text()).toEqual([
      "error: The tunnel is gone.",
      "hint: Wait.",
      "it is back",
      "all is well",
      "",
      "No calls.",
      "Ann: signed out  Bob: signed out  Cleo: signed out",
      "",
    ]);
  });

  it("is drawn again when the terminal has another size", async () => {
    const { server } = await aServerWithTwilio();
    view = openView({ server, output: terminalOutput(terminal) });
    await expect.poll(seen.text).toContain("Ann: signed out  Bob: signed out  Cleo: signed out");
    seen.resize(40);
    await expect
      .poll(seen.text)
      .toEqual(["", "No calls.", "Ann: signed out  Bob: signed out", "Cleo: signed out", ""]);
  });

  it("prints one line for each change where it cannot redraw, and one object with --json", async () => {
    const { server } = await aServerWithTwilio();
    for (const json of [false, true]) {
      const { output, written } = memoryOutput({ json });
      const lines = openView({ server, output });
      lines.announce({ event: "number-restored" }, "the number is restored");
      lines.close();
      expect(written.stdout).toBe(json ? '{"event":"number-restored"}\n' : "the number is restored\n");
    }
  });
});
