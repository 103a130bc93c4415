import { describe, expect, it } from "vitest";
import { paintFor } from "../../../src/cli/terminal/colour.ts";
import { type Board, type BoardStyle, boardLines } from "../../../src/cli/live/board.ts";
import { displayWidth } from "../../../src/cli/live/width.ts";
import { customerWords, maskedCustomer } from "../../../src/cli/views/shown-numbers.ts";
import type { AgentEntry, CallSummary, LegView } from "../../../src/server/control-api.ts";
import { callView, legView, transferView } from "../../support/views.ts";

const AT = Date.UTC(2030, 0, 1);

const style = (change: Partial<BoardStyle> = {}): BoardStyle => ({
  columns: 100,
  rows: 24,
  paint: paintFor(false, {}),
  nameCustomer: maskedCustomer,
  ...change,
});

const leg = (name: string, change: Partial<LegView> = {}): LegView =>
  legView({
    label: name,
    kind: name.startsWith("+") ? "customer" : "agent",
    name,
    since: AT,
    ...change,
  });

const call = (seconds: number, change: Partial<CallSummary> = {}): CallSummary =>
  callView({
    id: "CA00f00a21",
    customerNumber: "+15550100021",
    startedAt: AT - seconds * 1000,
    legs: [leg("+15550100021"), leg("Ann")],
    ...change,
  });

const agent = (name: string, state: AgentEntry["state"]): AgentEntry => ({
  id: name,
  name,
  state,
  call: null,
});

const AGENTS = [agent("Ann", "in-call"), agent("Bob", "free"), agent("Cleo", "signed-out")];
const board = (...calls: CallSummary[]): Board => ({ calls, agents: AGENTS, at: AT });

const transferring = call(200, {
  id: "CA00f00a42",
  customerNumber: "+15550100042",
  state: "transferring",
  legs: [leg("+15550100042", { onHold: true }), leg("Ann"), leg("Bob", { state: "ringing" })],
  transfer: transferView({ from: "ann", fromName: "Ann", to: "bob", toName: "Bob", target: "bob-1" }),
});

describe("the live table", () => {
  it("shows for each call who waits or talks, since when, and the transfer", () => {
    const waiting = call(7, {
      id: "CA00f00a99",
      customerNumber: "+15550100099",
      state: "waiting",
      legs: [],
    });
    expect(boardLines(board(transferring, call(65), waiting), style())).toEqual([
      "",
      "Call    Customer           For   State         With            Transfer",
      "f00a42  +155…42 (on hold)  3:20  transferring  Ann, Bob rings  Ann → Bob",
      "f00a21  +155…21            1:05  talking       Ann",
      "f00a99  +155…99            0:07  waiting       nobody yet",
      "Ann: in a call  Bob: free  Cleo: signed out",
    ]);
  });

  it("shows whole numbers only with --numbers", () => {
    const text = boardLines(board(call(1)), style({ nameCustomer: customerWords })).join();
    expect(text).toContain("+15550100021");
    expect(boardLines(board(call(1)), style()).join()).not.toContain("0100021");
  });

  it("shows which legs are muted, and which are dialled but do not ring yet", () => {
    const legs = [leg("+15550100021"), leg("Ann", { muted: true }), leg("Bob", { state: "dialling" })];
    expect(boardLines(board(call(1, { legs })), style())[2]).toContain("Ann (muted), Bob is dialled");
  });

  it("drops an ended transfer, and names the operator who started one", () => {
    const { transfer } = transferring;
    if (!transfer) throw new Error("there is a transfer");
    const ended = { ...transferring, transfer: { ...transfer, phase: "ended" as const } };
    expect(boardLines(board(ended), style())[2]).not.toContain("→");
    const byOperator = { ...transferring, transfer: { ...transfer, from: null, fromName: null } };
    expect(boardLines(board(byOperator), style())[2]).toContain("operator → Bob");
  });

  it("is one line and the agents without a call", () => {
    expect(boardLines(board(), style())).toEqual([
      "",
      "No calls.",
      "Ann: in a call  Bob: free  Cleo: signed out",
    ]);
  });

  it("stays clear of the last column, however narrow the terminal is", () => {
    for (const columns of [4, 20, 40, 60])
      for (const line of boardLines(board(transferring, call(1)), style({ columns })))
        expect(displayWidth(line)).toBeLessThan(columns);
    expect(boardLines(board(transferring), style({ columns: 30 }))[2]).toMatch(/…$/);
  });

  it("leaves room for the story on a low terminal", () => {
    const many = Array.from({ length: 50 }, (_each, index) => call(index));
    const lines = boardLines(board(...many), style({ rows: 12 }));
    expect(lines).toHaveLength(8);
    expect(lines.at(-2)).toBe("and 46 more");
    expect(boardLines(board(...many), style({ rows: 4 }))).toContain("50 calls");
    expect(boardLines(board(...many), style({ rows: 1 }))).toHaveLength(1);
  });

  it("wraps a long list of agents", () => {
    const agents = Array.from({ length: 12 }, (_each, index) => agent(`Agent ${index}`, "free"));
    const lines = boardLines({ calls: [], agents, at: AT }, style({ columns: 60 }));
    expect(lines).toHaveLength(2 + 4);
  });

  it("keeps its columns with names in Japanese", () => {
    const legs = [leg("+15550100021"), leg("佐藤")];
    const lines = boardLines(
      board(call(1, { legs, transfer: transferring.transfer }), transferring),
      style(),
    );
    expect(lines[2]).toBe("f00a21  +155…21            0:01  talking       佐藤            Ann → Bob");
  });

  it("escapes control codes in a name", () => {
    const lines = boardLines(board(call(1, { customerNumber: "\u001b[2J\n" })), style());
    expect(lines).toHaveLength(4);
    expect(lines.join("")).not.toMatch(/\p{Control}/u);
  });

  it("has colours that do not change its width", () => {
    const paint = paintFor(true, {});
    const painted = boardLines(board(transferring, call(65)), style({ paint }));
    expect(painted.join()).toContain("\u001b[");
    // oxlint-disable-next-line no-control-regex -- colours are taken away
    const plain = painted.map((line) => line.replace(/\u001b\[\d+m/g, ""));
    expect(plain).toEqual(boardLines(board(transferring, call(65)), style()));
  });
});
