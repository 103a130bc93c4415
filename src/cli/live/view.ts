import type { RunningServer } from "../../compose/server.ts";
import type { AppError } from "../../errors.ts";
import type { CallView, Customer } from "../../server/control-api.ts";
import type { Output } from "../terminal/output.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { maskedCustomer } from "../views/shown-numbers.ts";
import { boardLines } from "./board.ts";
import type { LiveEvent } from "./events.ts";
import { createLines } from "./lines.ts";
import { type Screen, createScreen } from "./screen.ts";

/** The live calls as they are shown: what happens, line by line, and on a terminal the table below it. */
export interface LiveView {
  show: (happening: LiveEvent) => void;
  /** An object for programs, and what it means for people. */
  announce: (event: object, words: string) => void;
  /** Talk on stderr. */
  info: (words: string) => void;
  error: (error: AppError) => void;
  /** Takes the table away; lines go on. */
  close(): void;
}

export interface ViewOptions {
  server: Pick<RunningServer, "now" | "calls" | "agents" | "onChange">;
  output: Output;
  /** Calls that began earlier: their times are counted from then. */
  known?: readonly CallView[];
  /** How a customer's number is shown in the table. */
  nameCustomer?: (customer: Customer) => string;
}

const TICK_MS = 1000;
/** Changes that come together are drawn once. */
const COALESCE_MS = 40;

interface Table {
  above(print: () => void): void;
  close(): void;
}

/** Keeps the table drawn: after each change, each second, and when the terminal has another size. */
function drawTable(options: ViewOptions, terminal: Terminal, screen: Screen): Table {
  const { server, output, nameCustomer = maskedCustomer } = options;
  const { paint } = output;
  let isOpen = true;
  let soon: NodeJS.Timeout | undefined;
  const draw = async (): Promise<void> => {
    soon = undefined;
    const [calls, agents] = await Promise.all([server.calls(), server.agents()]);
    if (!isOpen) return;
    screen.draw(boardLines({ calls, agents, at: server.now() }, { ...terminal.size(), paint, nameCustomer }));
  };
  // A store that cannot be read is told elsewhere; the next second tries again.
  const drawSoon = (): void => {
    soon ??= setTimeout(() => void draw().catch(() => undefined), COALESCE_MS).unref();
  };
  const tick = setInterval(drawSoon, TICK_MS).unref();
  const stops = [server.onChange(drawSoon), terminal.onResize(drawSoon)];
  drawSoon();
  return {
    above: (print) => screen.above(print),
    close() {
      isOpen = false;
      clearInterval(tick);
      clearTimeout(soon);
      for (const stop of stops) stop();
      screen.close();
    },
  };
}

const NO_TABLE: Table = { above: (print) => print(), close: () => undefined };

/** Shows the live calls of a server from now on. */
export function openView(options: ViewOptions): LiveView {
  const { output } = options;
  const { terminal } = output;
  const lineOf = createLines(output.paint);
  for (const { id, story } of options.known ?? [])
    for (const entry of story) lineOf({ ...entry, call: id, customer: "" });
  let table = terminal ? drawTable(options, terminal, createScreen(terminal)) : NO_TABLE;
  return {
    show(happening) {
      output.event(happening);
      table.above(() => output.line(lineOf(happening)));
    },
    announce(event, words) {
      output.event(event);
      table.above(() => output.line(words));
    },
    info: (words) => table.above(() => output.info(words)),
    error: (error) => table.above(() => output.error(error)),
    close() {
      table.close();
      table = NO_TABLE;
    },
  };
}
