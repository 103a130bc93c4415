import { describe, expect, it } from "vitest";
import { transferView } from "../agent-page/transfer-views.ts";
import { colleague, moments } from "../agent-page/views.ts";
import { pageStage } from "./agent-page/page-stage.ts";
import { startTransfer } from "./support/start-transfer.ts";

const consulting = { mode: "consult", phase: "consulting" } as const;

/** The buttons of a call, with a server that shows what a test tells it to. */
describe("the buttons of a call", () => {
  const stage = pageStage();
  const { status, alert } = stage;
  const button = (name: string) => stage.page.getByRole("button", { name, exact: true });
  /** What the page has asked of the call, oldest first. */
  const commands = (): [string, unknown][] =>
    stage.server.asked.flatMap(({ request, body }) => {
      const command = /^POST \/api\/calls\/\w+\/(.*)$/.exec(request)?.[1];
      return command && command !== "muted" ? [[command, body]] : [];
    });
  const hangUps = (): number => stage.server.line.count("hangup");

  const talk = async (shown = moments.alone): Promise<void> => {
    stage.server.show(moments.ringing);
    stage.server.line.ring();
    await expect.poll(() => button("Answer").isEnabled()).toBe(true);
    await button("Answer").click();
    stage.server.show(shown);
    await status("In a call");
    await button("Mute").waitFor();
  };

  it("start a transfer to the chosen colleague, in the chosen way, with the note", async () => {
    await talk({ ...moments.alone, colleagues: [colleague("free"), colleague("free", "agent3", "Agent 3")] });
    await button("Transfer").click();
    await button("Consult first").click({ force: true });
    expect(commands()).toEqual([]);
    await stage.page.getByRole("radio", { name: "Agent 3" }).check();
    await stage.page.getByRole("textbox", { name: "Note" }).fill(" Order 17\nis late ");
    await button("Consult first").click();
    await expect
      .poll(commands)
      .toEqual([["transfer", { to: "agent3", mode: "consult", note: "Order 17 is late" }]]);
    await stage.page.getByText("Asking the server to call Agent 3…").waitFor();
  });

  it("keep the note when the server refuses, and forget it with the transfer", async () => {
    const note = stage.page.getByRole("textbox", { name: "Note" });
    await talk();
    stage.server.refuse("target-busy");
    await startTransfer(stage.page, "Agent 2", "Hand over now", "Order 17");
    await alert("The server did not start the transfer").waitFor();
    await button("Transfer").click();
    expect(await note.inputValue()).toBe("Order 17");
    stage.server.show(moments.transferring);
    await button("Cancel").waitFor();
    stage.server.show(moments.alone);
    await button("Transfer").click();
    expect(await note.inputValue()).toBe("");
  });

  it("leave the choice of a colleague by Escape, with the focus back on Transfer", async () => {
    await talk();
    await button("Transfer").click();
    await stage.page.keyboard.press("Escape");
    await expect.poll(() => stage.page.evaluate(() => document.activeElement?.textContent)).toBe("Transfer");
  });

  it("steer a consultation, one command at a time", async () => {
    await talk(transferView(consulting));
    for (const name of ["Complete", "Bring together", "Swap", "Cancel"]) {
      await button(name).click();
      await expect.poll(() => button("Swap").isEnabled()).toBe(true);
    }
    expect(commands().map(([command]) => command)).toEqual([
      "transfer/complete",
      "transfer/bring-together",
      "transfer/swap",
      "transfer/cancel",
    ]);
    stage.server.refuse("silence", "transfer/swap");
    await button("Swap").click();
    await expect.poll(() => button("Complete").isDisabled()).toBe(true);
  });

  it("take a double click for one", async () => {
    await talk(transferView(consulting));
    await button("Swap").dblclick();
    await expect.poll(() => button("Swap").isEnabled()).toBe(true);
    expect(commands()).toHaveLength(1);
  });

  it("say in words why the server refuses", async () => {
    await talk(transferView(consulting));
    stage.server.refuse("no-consultation", "transfer/swap");
    await button("Swap").click();
    await alert("The server did not swap the two")
      .filter({ hasText: "not on hold for a consultation" })
      .waitFor();
  });

  it("put the customer on hold, and take the customer off hold", async () => {
    await talk();
    await button("Hold").click();
    await expect.poll(commands).toEqual([["hold", { onHold: true }]]);
    stage.server.show(moments.apart({ onHold: true }, { leaving: "ends-call" }));
    await button("Resume").click();
    await expect.poll(() => commands().at(-1)).toEqual(["hold", { onHold: false }]);
  });

  it.each(["Leave", "End call"])("%s says so to the server first, and then hangs up", async (name) => {
    await talk(transferView({ mode: "three-way", phase: "together" }));
    const before = stage.server.line.count("hangup");
    expect(before).toBe(0);
    await button(name).click();
    await expect.poll(hangUps).toBe(1);
    expect(commands()).toEqual([[name === "Leave" ? "leave" : "end", {}]]);
  });

  it("show at once that the agent leaves, and hang up without an answer", async () => {
    await talk(transferView({ mode: "three-way", phase: "together" }));
    stage.server.refuse("silence", "leave");
    const pressed = Date.now();
    await button("Leave").click();
    await button("Leaving…").waitFor();
    expect(hangUps()).toBe(0);
    expect(await button("End call").isDisabled()).toBe(true);
    await expect.poll(hangUps, { timeout: 5_000 }).toBe(1);
    expect(Date.now() - pressed).toBeGreaterThanOrEqual(2_000);
  });

  it("hang up when the server cannot be reached", async () => {
    await talk(transferView({ mode: "three-way", phase: "together" }));
    stage.server.breakEvents(true);
    await button("Leave").click();
    await expect.poll(hangUps).toBe(1);
  });

  it("do not leave the customer alone", async () => {
    await talk(transferView({ mode: "three-way", phase: "together" }));
    stage.server.refuse("last-agent", "leave");
    await button("Leave").click();
    await alert("You are the only agent in this call").waitFor();
    expect(hangUps()).toBe(0);
    expect(await button("Leave").isEnabled()).toBe(true);
    stage.server.show(moments.alone);
    await button("End call").click();
    await expect.poll(hangUps).toBe(1);
  });
});
