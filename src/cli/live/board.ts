import type { AgentEntry, CallSummary, Customer, LegView } from "../../server/control-api.ts";
import type { Paint } from "../terminal/colour.ts";
import { shortNames } from "../views/call-words.ts";
import { type Cell, alignColumns, wrapCells } from "./columns.ts";
import { elapsed } from "./elapsed.ts";

/** The live calls, oldest first, and all agents. */
export interface Board {
  calls: readonly CallSummary[];
  agents: readonly AgentEntry[];
  /** Now, in ms since 1970. */
  at: number;
}

export interface BoardStyle {
  /** The terminal's width. */
  columns: number;
  rows: number;
  paint: Paint;
  /** Formats the customer's number. */
  nameCustomer: (customer: Customer) => string;
}

const HEAD = ["Call", "Customer", "For", "State", "With", "Transfer"];
/** Rows reserved for the story above. */
const ROWS_FOR_STORY = 4;

function legWords({ name, state, onHold, muted }: LegView): string {
  if (state !== "joined") return `${name} ${state === "ringing" ? "rings" : "is dialled"}`;
  const marks = [onHold && "on hold", muted && "muted"].filter(Boolean);
  return marks.length > 0 ? `${name} (${marks.join(", ")})` : name;
}

function transferWords({ transfer }: CallSummary): string {
  if (!transfer || transfer.phase === "ended") return "";
  return `${transfer.fromName ?? "operator"} → ${transfer.toName}`;
}

function customerCell(call: CallSummary, { nameCustomer }: BoardStyle): string {
  const customer = call.legs.find(({ kind }) => kind === "customer");
  const name = nameCustomer(call);
  return customer ? legWords({ ...customer, name, state: "joined" }) : name;
}

function stateTint(state: CallSummary["state"], paint: Paint): (text: string) => string {
  if (state === "waiting") return paint.yellow;
  return state === "talking" ? paint.green : paint.cyan;
}

/** @param name the call's short name, as operators pass it */
function callRow(call: CallSummary, name: string, at: number, style: BoardStyle): Cell[] {
  const agents = call.legs.filter(({ kind }) => kind !== "customer").map(legWords);
  return [
    { text: name },
    { text: customerCell(call, style) },
    { text: elapsed(at - call.startedAt), tint: style.paint.dim },
    { text: call.state, tint: stateTint(call.state, style.paint) },
    { text: agents.join(", ") || "nobody yet", ...(agents.length > 0 ? {} : { tint: style.paint.dim }) },
    { text: transferWords(call), tint: style.paint.cyan },
  ];
}

const AGENT_WORDS: Record<AgentEntry["state"], string> = {
  "signed-out": "signed out",
  "not-ready": "not ready",
  "not-answering": "not answering",
  free: "free",
  ringing: "rings",
  "in-call": "in a call",
};

function agentCell({ name, state }: AgentEntry, paint: Paint): Cell {
  const tints: Record<AgentEntry["state"], (text: string) => string> = {
    "signed-out": paint.dim,
    "not-ready": paint.dim,
    "not-answering": paint.yellow,
    free: paint.green,
    ringing: paint.yellow,
    "in-call": paint.bold,
  };
  return { text: `${name}: ${AGENT_WORDS[state]}`, tint: tints[state] };
}

function callLines({ calls, at }: Board, style: BoardStyle, room: number): string[] {
  const shown = calls.length > room ? calls.slice(0, Math.max(0, room - 1)) : calls;
  const head = HEAD.map((text) => ({ text, tint: style.paint.dim }));
  const names = shortNames(calls.map(({ id }) => id));
  const rows = shown.map((call) => callRow(call, names.get(call.id) ?? call.id, at, style));
  const lines = rows.length > 0 ? alignColumns([head, ...rows], style.columns) : [];
  const hidden = calls.length - shown.length;
  const more = shown.length === 0 ? `${hidden} calls` : `and ${hidden} more`;
  return hidden === 0
    ? lines
    : [...lines, ...wrapCells([{ text: more, tint: style.paint.dim }], style.columns)];
}

/** The live table's lines. They fit the terminal's width and leave room for the story. */
export function boardLines(board: Board, style: BoardStyle): string[] {
  const { paint } = style;
  // Leave the last column free: some terminals wrap there.
  const inside = { ...style, columns: style.columns - 1 };
  const agents = wrapCells(
    board.agents.map((agent) => agentCell(agent, paint)),
    inside.columns,
  );
  const room = style.rows - ROWS_FOR_STORY - agents.length - 2;
  const calls = callLines(board, inside, room);
  const idle = wrapCells([{ text: "No calls.", tint: paint.dim }], inside.columns);
  return ["", ...(board.calls.length === 0 ? idle : calls), ...agents].slice(0, Math.max(1, style.rows - 1));
}
