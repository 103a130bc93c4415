import type { AgentId, CallRecord } from "../../call/types.ts";
import type { OwnView } from "../agent-events.ts";
import type { ServerContext } from "../context.ts";
import { type AgentViews, type OwnTexts, agentsIn } from "../views/agent-view.ts";
import { createColleagues } from "./colleagues.ts";
import { messageText } from "./stream.ts";
import { coalesce } from "./coalesce.ts";

export interface Shown {
  agent: AgentId;
  readonly stream: { send(text: string): void };
  /** Number of the last message. */
  n: number;
}

/** Sends changes to agents' windows: in full to the agents concerned, one line to all others. */
export interface AgentWindows<Window extends Shown> {
  /** Sends a snapshot now, and every difference from then on. */
  add(window: Window): void;
  /** False if the window was removed before. */
  remove(window: Window): boolean;
  snapshot(window: Window): void;
  /** An agent's windows; without an agent, all. */
  list(agent?: AgentId): Window[];
  close(): void;
}

const PARTS = ["state", "takesCalls", "call", "label", "missed"] as const satisfies (keyof OwnView)[];

const inJson = (texts: OwnTexts, parts: readonly (keyof OwnView)[]): string =>
  parts.map((part) => `"${part}":${texts[part]}`).join(",");

/** Sends a message with the window's next number. @param data JSON */
export function sendNumbered(window: Shown, event: string, data: string): void {
  window.n += 1;
  window.stream.send(messageText(event, data, window.n));
}

export function createAgentWindows<Window extends Shown>(
  { presence, coordinator, nameOf }: Pick<ServerContext, "presence" | "coordinator" | "nameOf">,
  views: AgentViews,
): AgentWindows<Window> {
  const windows = new Map<AgentId, Set<Window>>();
  const shown = new Map<AgentId, OwnTexts>();
  const all = (): Window[] => [...windows.values()].flatMap((ofAgent) => [...ofAgent]);
  const colleagues = createColleagues({ presence, views }, (data) => {
    for (const window of all()) sendNumbered(window, "colleagues", data);
  });

  const sendOwn = (agent: AgentId): void => {
    const before = shown.get(agent);
    if (!before) return;
    const now = views.own(agent);
    const parts = PARTS.filter((part) => now[part] !== before[part]);
    if (parts.length === 0) return;
    shown.set(agent, now);
    const data = `{${inJson(now, parts)}}`;
    for (const window of windows.get(agent) ?? []) sendNumbered(window, "own", data);
  };
  const scheduleOwn = coalesce(sendOwn);
  const changed = (agent: AgentId): void => {
    if (windows.has(agent)) scheduleOwn(agent);
    colleagues.changed(agent);
  };
  const callChanged = (call: CallRecord): void => agentsIn(call).forEach(changed);
  const stops = [coordinator.onChange(callChanged), presence.onChange(changed)];

  const snapshot = (window: Window): void => {
    // The state that the agent's other windows have, so that the next difference fits all of them.
    const own = shown.get(window.agent) ?? views.own(window.agent);
    shown.set(window.agent, own);
    const agent = JSON.stringify({ id: window.agent, name: nameOf(window.agent) });
    sendNumbered(
      window,
      "snapshot",
      `{"agent":${agent},${inJson(own, PARTS)},"agents":${colleagues.text()}}`,
    );
  };
  return {
    add(window) {
      windows.set(window.agent, (windows.get(window.agent) ?? new Set()).add(window));
      snapshot(window);
    },
    remove(window) {
      const ofAgent = windows.get(window.agent);
      const wasThere = ofAgent?.delete(window) ?? false;
      if (ofAgent?.size === 0) for (const map of [windows, shown]) map.delete(window.agent);
      return wasThere;
    },
    snapshot,
    list: (agent) => (agent === undefined ? all() : [...(windows.get(agent) ?? [])]),
    close() {
      for (const stop of stops) stop();
      colleagues.close();
      windows.clear();
    },
  };
}
