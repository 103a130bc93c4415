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

/** Prints events line by line, with the live table below them at a terminal. */
export interface LiveView {
  show: (happening: LiveEvent) => void;
  /** Prints the object with `--json`, else the words. */
  announce: (event: object, words: string) => void;
  info: (words: string) => void;
  error: (error: AppError) => void;
  /** Erases the table; later lines still print. */
  close(): void;
}

export interface ViewOptions {
  server: Pick<RunningServer, "now" | "calls" | "agents" | "onChange">;
  output: Output;
  /** Calls that began before the view opened. */
  known?: readonly CallView[];
  /** Formats the customer's number. */
  nameCustomer?: (customer: Customer) => string;
}

const TICK_MS = 1000;
/** Changes within this time are drawn once. */
const COALESCE_MS = 40;

interface Table {
  above(print: () => void): void;
  close(): void;
}

/** Redraws the table after each change, each second, and after a resize. */
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
  // Errors of the store are reported elsewhere; the next tick retries.
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

export function openView(options: ViewOptions): LiveView {
  const { output } = options;
  const { terminal } = output;
  const lineOf = createLines(output.paint, () => terminal?.size().columns);
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
