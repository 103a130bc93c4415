import { expect, it } from "vitest";
import { callsTable } from "../../../src/cli/views/calls-table.ts";
import { historyTable } from "../../../src/cli/views/history-table.ts";
import { shownCall } from "../../../src/cli/views/shown-numbers.ts";
import type { CallSummary } from "../../../src/server/control-api.ts";
import type { PastCall } from "../../../src/server/past-calls-api.ts";
import { memoryOutput } from "../support/memory-output.ts";
import { callView, legView } from "../../support/views.ts";

const COUNT = 1000;
const { paint } = memoryOutput({ json: false }).output;

function call(index: number, agent = "Anna"): CallSummary {
  const number = `+1555${String(index).padStart(7, "0")}`;
  return callView({
    id: `CA${index.toString(16).padStart(32, "0")}`,
    customerNumber: number,
    legs: [
      legView({ name: number }),
      legView({ label: "agent1-1", kind: "agent", name: agent, agent: "agent1" }),
    ],
  });
}

it("lists each of a thousand live calls", () => {
  const calls = Array.from({ length: COUNT }, (_, index) => shownCall(call(index), false));
  const lines = callsTable(calls, paint, 61_000);
  expect(lines).toHaveLength(COUNT + 1);
  expect(lines[COUNT]).toMatch(/^0003e7 {2}\+155…99 +talking +\S+ +1:01 +customer \+ Anna$/);
});

it("lists each of a thousand ended calls", () => {
  const past: PastCall[] = Array.from({ length: COUNT }, (_, index) => ({
    id: call(index).id,
    customerKind: "number",
    customerNumber: "+155…11",
    startedAt: 0,
    endedAt: index,
    waitedMs: 1000,
    talkedMs: 2000,
    endedBy: "customer",
    agents: ["Anna"],
    transfers: [],
    message: null,
  }));
  expect(historyTable(past, paint)).toHaveLength(COUNT + 1);
});

it("aligns names in Japanese, and escapes control characters in names", () => {
  const [head, ...rows] = callsTable([call(1, "安部 千佳"), call(2, "Ben\u001b[2J")], paint, 0);
  expect(head).toContain("WHO IS IN");
  expect(rows.map((row) => row.slice(row.indexOf("customer")))).toEqual([
    "customer + 安部 千佳",
    "customer + Ben\ufffd[2J",
  ]);
});
