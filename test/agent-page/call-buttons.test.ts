import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { initialModel, type Model } from "../../agent-page/agent/model.ts";
import { describe as describeScreen } from "../../agent-page/agent/screen/describe.ts";
import type { CallPanel } from "../../agent-page/agent/screen/screen.ts";
import { BUTTONS } from "../../agent-page/agent/screen/steering.ts";
import { en } from "../../agent-page/agent/words/en.ts";
import type { AgentView } from "../../src/server/agent-events.ts";
import { type TransferMoment, transferView } from "./transfer-views.ts";
import { NOON, agentLeg, call, colleague, customer, moments, view } from "./views.ts";

const panelOf = (shown: AgentView, change: Partial<Model> = {}): CallPanel => {
  const model: Model = {
    ...initialModel,
    session: "signed-in",
    agent: shown.agent,
    microphone: "ready",
    device: "registered",
    events: "open",
    line: { phase: "open", muted: false },
    view: shown,
    ...change,
  };
  const { panel } = describeScreen(model, NOON + 75_000, en);
  if (panel?.kind !== "call") throw new Error(`the panel is ${panel?.kind}`);
  return panel;
};
const labels = ({ steps, tools, waysOut }: CallPanel): string =>
  [steps, tools, waysOut].map((group) => group.map(({ label }) => label).join(" ")).join(" | ");

const STEERS = "Complete Bring together Swap Cancel | Mute Keypad | Leave End call";
const HELD = " | Mute Keypad | Leave End call";
const TALKS = " | Mute Hold Keypad | Leave End call";

describe("the buttons of a call", () => {
  it.each<[TransferMoment["mode"], TransferMoment["phase"], "starter" | "target", string]>([
    ["three-way", "ringing", "starter", "Cancel | Mute Hold Keypad | Leave End call"],
    ["three-way", "together", "starter", "Complete Cancel | Mute Hold Keypad | Leave End call"],
    ["three-way", "together", "target", TALKS],
    ["consult", "ringing", "starter", "Cancel | Mute Keypad | Leave End call"],
    ["consult", "consulting", "starter", STEERS],
    ["consult", "consulting", "target", HELD],
    ["consult", "together", "starter", "Complete Cancel | Mute Hold Keypad | Leave End call"],
    ["consult", "together", "target", TALKS],
    ["blind", "ringing", "starter", " |  | Leave End call"],
  ])("%s %s, the %s: %s", (mode, phase, role, buttons) => {
    expect(labels(panelOf(transferView({ mode, phase, role })))).toBe(buttons);
  });

  it("during a briefing are those of ringing, and the text says so", () => {
    const shown = transferView({ mode: "consult", phase: "ringing", role: "starter" });
    const briefed = { ...shown.call!.transfer!, phase: "briefing", to: null, toName: "+155…99" } as const;
    const panel = panelOf({ ...shown, call: { ...shown.call!, transfer: briefed } });
    expect(labels(panel)).toBe("Cancel | Mute Keypad | Leave End call");
    expect(panel.text).toBe("+155…99 has answered and hears what it is about.");
  });

  it("without a transfer are those of everybody, and a transfer", () => {
    expect(labels(panelOf(moments.alone))).toBe("Transfer | Mute Hold Keypad | End call");
  });

  it("are those of no transfer once it has ended", () => {
    expect(labels(panelOf(moments.declined))).toBe("Transfer | Mute Hold Keypad | Leave");
  });

  it("say what they do now", () => {
    const consulting = { mode: "consult", phase: "consulting" } as const;
    const details = (shown: AgentView) => panelOf(shown).steps.map(({ detail }) => detail);
    expect(details(transferView(consulting))).toEqual([
      "You leave",
      "All three talk",
      "Talk to the customer",
      "Your colleague leaves",
    ]);
    expect(details(transferView({ ...consulting, isSwapped: true }))).toContain("Talk to your colleague");
    expect(details(transferView({ mode: "blind", phase: "ringing" }))).toEqual([]);
    expect(details(transferView({ mode: "consult", phase: "ringing" }))).toEqual(["Stop the ringing"]);
  });

  it("are off while the server is asked, apart from those of the page itself", () => {
    const shown = transferView({ mode: "consult", phase: "consulting" });
    const requested = { call: call().id, command: "swap", to: null, previous: null } as const;
    const { steps, tools, waysOut } = panelOf(shown, { requested });
    expect([...steps, ...tools, ...waysOut].filter(({ isEnabled }) => isEnabled)).toMatchObject([
      { key: "mute" },
      { key: "keypad" },
    ]);
  });

  it("that need this page's sound are missing in a window that does not have it", () => {
    const shown = transferView({ mode: "three-way", phase: "together" });
    expect(labels(panelOf(shown, { line: null }))).toBe("Complete Cancel | Hold | ");
  });
});

describe("the way out of a call", () => {
  const waysOut = (leaving: "leaves" | "hands-over" | "ends-call" | null, change: Partial<Model> = {}) => {
    const others = leaving === "leaves" ? [agentLeg(2, "joined")] : [];
    const legs = [customer, agentLeg(1, "joined", NOON, { leaving }), ...others];
    const shown = view({ ...moments.talking, call: call({ legs }) });
    return panelOf(shown, change).waysOut.map(({ label, detail, look }) => [label, detail, look]);
  };

  it("is what the server says of this agent's leaving", () => {
    expect(waysOut("leaves")).toEqual([
      ["Leave", "The others stay connected", "plain"],
      ["End call", "For everyone", "danger"],
    ]);
    expect(waysOut("hands-over")).toEqual([
      ["Leave", "The customer hears music", "plain"],
      ["End call", "For the customer too", "danger"],
    ]);
    expect(waysOut("ends-call")).toEqual([["End call", "For the customer too", "filled"]]);
  });

  it("is harmless while the server does not know the agent in the call", () => {
    expect(waysOut(null)).toEqual([["Leave", "", "plain"]]);
  });

  it("shows at once that it was pressed", () => {
    expect(waysOut("leaves", { leaving: "leave" })[0]).toEqual([
      "Leaving…",
      "The others stay connected",
      "plain",
    ]);
    expect(waysOut("ends-call", { leaving: "end" })[0]?.[0]).toBe("Ending…");
  });
});

describe("the choice of a colleague", () => {
  const chooser = (colleagues: AgentView["colleagues"], to: string | null = null) =>
    panelOf({ ...moments.talking, colleagues }, { choosing: { to } }).chooser;
  const free = [colleague("free"), colleague("free", "agent4", "Agent 4")];
  const busy = [colleague("in-call", "agent3", "Agent 3"), colleague("signed-out", "agent5", "Agent 5")];

  it("has every free colleague, and no others", () => {
    expect(chooser([...free, ...busy])).toMatchObject({
      colleagues: [{ name: "Agent 2" }, { name: "Agent 4" }],
      to: null,
    });
    expect(chooser([...free, ...busy], "agent4")).toMatchObject({ to: "agent4" });
  });

  it("is made already when one is free, and undone when the chosen one is not", () => {
    expect(chooser([colleague("free"), ...busy])).toMatchObject({ to: "agent2" });
    expect(chooser([...free, ...busy], "agent3")).toMatchObject({ to: null });
    expect(chooser(busy, "agent3")).toMatchObject({ colleagues: [], to: null, text: "No colleague is free" });
  });

  it("has the three ways, the private one first", () => {
    expect(chooser(free)?.modes.map(({ key }) => key)).toEqual(["consult", "three-way", "blind"]);
  });

  it("ends when a transfer starts, also another person's", () => {
    expect(panelOf(moments.transferring, { choosing: { to: null } }).chooser).toBeNull();
  });
});

/** Rows of the table in docs/architecture.md that are commands, with a cell for each phase. */
function documented(): Record<string, Record<string, string>> {
  const lines = readFileSync("docs/architecture.md", "utf8").split("\n");
  const cells = (line: string): string[] =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  const start = lines.findIndex((line) => /^\| input +\|/.test(line));
  const [, ...stages] = cells(lines[start] ?? "");
  const rows = lines.slice(start + 2).map(cells);
  const verbs = rows.filter(([name = ""]) => /^(complete|bring-together|swap|cancel)$/.test(name));
  return Object.fromEntries(
    stages.map((stage, i) => [
      stage,
      Object.fromEntries(verbs.map(([verb = "", ...row]) => [verb, row[i] ?? ""])),
    ]),
  );
}

describe("the table of buttons beside the table of the rules", () => {
  it("has the same phases", () => {
    expect(Object.keys(BUTTONS).filter((stage) => stage !== "no transfer")).toEqual(
      Object.keys(documented()),
    );
  });

  it.each(Object.entries(documented()))("offers the starter nothing that is refused: %s", (stage, row) => {
    const offered: readonly string[] = BUTTONS[stage as keyof typeof BUTTONS].starter;
    const granted = Object.keys(row).filter((verb) => !row[verb]?.startsWith("`"));
    expect(granted).toEqual(expect.arrayContaining(offered.filter((button) => button in row)));
    // A starter who hands over is let go; who talks together is together.
    if (stage === "blind ringing") return;
    const useful = granted.filter((verb) => verb !== "bring-together" || !stage.endsWith("together"));
    expect(offered).toEqual(expect.arrayContaining(useful));
  });
});
