import type { AgentEntry } from "../../server/control-api.ts";
import type { Paint } from "../terminal/colour.ts";
import { shortNames } from "./call-words.ts";
import { table } from "./table.ts";

export const STATES: Record<AgentEntry["state"], string> = {
  "signed-out": "signed out",
  "not-ready": "signed in, takes no calls",
  "not-answering": "not answering",
  free: "free",
  ringing: "ringing",
  "in-call": "in a call",
};

export function agentsTable(agents: readonly AgentEntry[], paint: Paint): string[] {
  const names = shortNames(agents.flatMap(({ call }) => (call === null ? [] : [call])));
  return table(
    agents,
    [
      { title: "AGENT", text: ({ id }) => id, tint: paint.bold },
      { title: "NAME", text: ({ name }) => name },
      {
        title: "STATE",
        text: ({ state }) => STATES[state],
        tint: (text, { state }) => (state === "free" ? paint.green(text) : text),
      },
      { title: "CALL", text: ({ call }) => (call === null ? "" : (names.get(call) ?? call)) },
    ],
    paint.dim,
  );
}
