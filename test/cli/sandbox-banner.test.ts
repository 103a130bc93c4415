import { describe, expect, it } from "vitest";
import { paintFor } from "../../src/cli/terminal/colour.ts";
import { boardLines } from "../../src/cli/live/board.ts";
import { banner, programName } from "../../src/cli/sandbox/banner.ts";
import type { ReadyEvent } from "../../src/cli/sandbox/ready-event.ts";
import { maskedCustomer } from "../../src/cli/views/shown-numbers.ts";

const paint = paintFor(false, {});
const TOKEN = "t".repeat(107);

const agent = (place: number) => ({
  id: `agent${place}`,
  name: `Agent ${place}`,
  signIn: `http://127.0.0.1:3000/sign-in?t=${TOKEN}`,
});

const ready: ReadyEvent = {
  event: "ready",
  server: { url: "http://127.0.0.1:3000" },
  emulator: { url: "http://127.0.0.1:4010" },
  number: "+15550100000",
  phone: "http://127.0.0.1:4010/phone",
  agents: [agent(1), agent(2)],
  accountSid: "",
  authToken: "",
  apiKey: "",
  apiSecret: "",
  operatorToken: "secret",
};

/** The rows that lines take on a terminal of 80 columns. */
const rows = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => line.split("\n")).flatMap((line) => line.match(/.{1,80}/g) ?? [""]);

describe("the first screen of a sandbox, 80 × 24", () => {
  const program = programName({ npm_command: "run-script" });
  const lines = banner(ready, { paint, program, columns: 80 });

  it("keeps the three links in view above the table, and the line for the cursor", () => {
    const agents = ready.agents.map(({ id, name }) => ({ id, name, state: "free" as const, call: null }));
    const style = { columns: 80, rows: 24, paint, nameCustomer: maskedCustomer };
    const screen = [...rows(lines), ...boardLines({ calls: [], agents, at: 0 }, style), ""];
    const seen = screen.slice(-24).join("");
    for (const address of [ready.phone, ...ready.agents.map(({ signIn }) => signIn)])
      expect(seen).toContain(address);
    expect(screen.length).toBeLessThanOrEqual(24);
  });

  it("breaks no word: only addresses are longer than a row", () => {
    for (const line of lines) if (!line.includes("/sign-in?")) expect(rows([line])).toEqual([line]);
  });

  it("wraps lines between words in a narrower terminal", () => {
    for (const line of banner(ready, { paint, program, columns: 50 }).join("\n").split("\n"))
      if (!line.includes("://")) expect(line.length).toBeLessThan(50);
  });

  it("names a command that works as pasted, and no token", () => {
    expect(lines.join("\n")).toContain("npx warm-transfer conferences list");
    expect(lines.join("\n")).not.toContain("secret");
    expect(programName({})).toBe("warm-transfer");
  });
});
