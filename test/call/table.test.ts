import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MODES } from "../../src/call/rules/modes.ts";
import type { TransferChange } from "../../src/call/inputs.ts";
import type { Phase, TransferMode } from "../../src/call/types.ts";
import { OUTSIDE, type Scene, agentId, talking } from "./support/scene.ts";

/** agent1 transfers the customer to agent2, or to somebody at a phone who is briefed, and that has come to a phase. */
function transferIn(mode: TransferMode, phase: Phase): Scene {
  const s = talking();
  const [by, to] = phase === "briefing" ? [null, OUTSIDE] : [agentId("agent1"), agentId("agent2")];
  s.asks({ kind: "start-transfer", by, to, mode });
  if (MODES[mode].starter === "leaves") s.leaves("agent1-1", "removed");
  const target = targetOf(s);
  s.rings(target);
  s.passes(1_000);
  if (phase === "briefing") s.isBriefed(target);
  else if (phase !== "ringing") s.joins(target);
  if (mode === "consult" && phase === "together") s.asks({ kind: "bring-together", by: null });
  expect(s.record.transfers[0]).toMatchObject({ mode, phase });
  s.passes(5_000);
  return s;
}

const targetOf = ({ record }: Scene): string => record.transfers[0]?.target ?? "";

/** What the customer hears after the input. */
function heardBy(s: Scene): string {
  if (s.record.endedAt !== null) return "call ended";
  if (s.leg("customer").onHold) return "music";
  const present = s.record.legs.filter(
    ({ state, onHold, unwanted }) => state === "joined" && !onHold && !unwanted,
  );
  const voices = present.flatMap(
    ({ label }) =>
      ({ "agent1-1": "starter", "agent2-1": "target", "outside-1": "target" })[label as string] ?? [],
  );
  return voices.join(" and ");
}

const asks = (kind: TransferChange) => (s: Scene) => s.asks({ kind, by: null })?.code;
const INPUTS: Record<string, (s: Scene) => string | undefined | void> = {
  "the target answers": (s) => s.joins(targetOf(s)),
  "the target does not come": (s) => void s.doesNotTake(targetOf(s), "no-answer"),
  "the target leaves": (s) => s.leaves(targetOf(s)),
  "the starter leaves": (s) => s.leaves("agent1-1"),
  "the customer hangs up": (s) => s.leaves("customer"),
  complete: asks("complete-transfer"),
  "bring-together": asks("bring-together"),
  swap: asks("swap-transfer"),
  cancel: asks("cancel-transfer"),
  "end the call": (s) => s.asks({ kind: "end-call", by: null })?.code,
};

/** A cell as the page has it: what the transfer is then, and what the customer hears; or the code of the refusal. */
function cellOf(s: Scene, input: string): string {
  const refused = INPUTS[input]?.(s);
  if (refused) return `\`${refused}\``;
  const { phase, outcome } = s.record.transfers[0] ?? {};
  const became = outcome
    ? `${outcome.kind}${outcome.kind === "failed" ? ` (${outcome.reason})` : ""}`
    : phase;
  return `${became}: ${heardBy(s)}`;
}

const page = readFileSync(new URL("../../docs/architecture.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| (.+?) *\|$/gm)].map(([, row = ""]) =>
  row.split("|").map((cell) => cell.trim()),
);
const top = rows.findIndex(([first]) => first === "input");
const [, ...columns] = rows[top] ?? [];
const body = rows.slice(top + 2, top + 2 + Object.keys(INPUTS).length);

describe("the table of a transfer's phases in docs/architecture.md", () => {
  it("has a row for each input, and a column for each phase of each mode", () => {
    expect(body.map(([input]) => input)).toEqual(Object.keys(INPUTS));
    expect(columns).toEqual([
      "three-way ringing",
      "three-way together",
      "consult ringing",
      "consult consulting",
      "consult together",
      "blind ringing",
    ]);
  });

  const cells = body.flatMap(([input = "", ...row]) =>
    row.map((cell, at) => [columns[at] ?? "", input, cell] as const),
  );
  it.each(cells.filter(([, , cell]) => cell !== "–"))("%s, %s → %s", (column, input, cell) => {
    const [mode, phase] = column.split(" ") as [TransferMode, Phase];
    expect(cellOf(transferIn(mode, phase), input)).toBe(cell);
  });

  const ringing = cells.filter(([column, , cell]) => column.endsWith(" ringing") && cell !== "–");
  it.each(ringing)("%s, while an outside party hears the briefing: %s → %s", (column, input, cell) => {
    const [mode] = column.split(" ") as [TransferMode];
    expect(cellOf(transferIn(mode, "briefing"), input)).toBe(cell.replace(/^ringing:/, "briefing:"));
  });
});
