import { beforeEach, describe, expect, it } from "vitest";
import { type Screen, createScreen } from "../../../src/cli/live/screen.ts";
import { asTerminal } from "../../../src/cli/terminal/terminal.ts";
import { virtualTerminal } from "../support/virtual-terminal.ts";

describe("the screen", () => {
  let seen: ReturnType<typeof virtualTerminal>;
  let screen: Screen;

  beforeEach(() => {
    seen = virtualTerminal(20, 10);
    screen = createScreen(seen.terminal);
    seen.terminal.write("$ start\n");
  });

  const print = (line: string): void => screen.above(() => seen.terminal.write(`${line}\n`));

  it("draws over what it drew, longer or shorter", () => {
    screen.draw(["one", "two"]);
    screen.draw(["a", "b", "c"]);
    expect(seen.text()).toEqual(["$ start", "a", "b", "c", ""]);
    screen.draw(["d"]);
    expect(seen.text()).toEqual(["$ start", "d", ""]);
  });

  it("prints above what it drew", () => {
    screen.draw(["calls", "agents"]);
    print("first");
    print("second");
    screen.draw(["no calls"]);
    expect(seen.text()).toEqual(["$ start", "first", "second", "no calls", ""]);
  });

  it("leaves only the printed lines behind", () => {
    screen.draw(["calls"]);
    print("first");
    screen.close();
    print("second");
    expect(seen.text()).toEqual(["$ start", "first", "second", ""]);
  });

  it("draws over lines that a narrower terminal has wrapped", () => {
    screen.draw(["0123456789abcdef", "agents"]);
    seen.resize(10);
    screen.draw(["012345678", "agents"]);
    expect(seen.text()).toEqual(["$ start", "012345678", "agents", ""]);
  });

  it("counts no columns for colours", () => {
    screen.draw([`\u001b[32m0123456789abcdef\u001b[39m`]);
    screen.draw(["x"]);
    expect(seen.text()).toEqual(["$ start", "x", ""]);
  });

  it("shows every change in one write, so that nothing flickers", () => {
    let writes = 0;
    const counting = { ...seen.terminal, write: (): void => void (writes += 1) };
    createScreen(counting).draw(["a", "b"]);
    expect(writes).toBe(1);
  });
});

describe("a terminal that can redraw", () => {
  const write = (): boolean => true;
  const stream = { isTTY: true, write, columns: 100, rows: 30 };

  it.each([
    ["a terminal", stream, {}, true],
    ["a pipe", { write }, {}, false],
    ["a terminal that can do nothing", stream, { TERM: "dumb" }, false],
    ["NO_COLOR", stream, { NO_COLOR: "1" }, false],
  ])("%s", (_name, given, env, can) => expect(asTerminal(given, env) !== null).toBe(can));

  it("has a size, and a default where the size is unknown", () => {
    expect(asTerminal(stream, {})?.size()).toEqual({ columns: 100, rows: 30 });
    expect(asTerminal({ isTTY: true, write }, {})?.size()).toEqual({ columns: 80, rows: 24 });
  });
});
