import type { Presence } from "../../presence/presence.ts";
import type { AgentId, CallRecord } from "../../call/types.ts";
import { type AgentViews, type ViewContext, type OwnTexts, agentsIn } from "../views/agent-view.ts";
import type { OwnView } from "../agent-events.ts";
import type { ServerContext } from "../context.ts";
import { messageText } from "./stream.ts";

/** Shortest time between two updates, in ms. */
const INTERVAL_MS = 100;

/** The list of all agents that every page shows. */
interface Colleagues {
  /** The list as last sent, in JSON; built once per update, not once per page. */
  text(): string;
  /** Reports that an agent's state may have changed. The update follows at once, or 100 ms after the last one. */
  changed(agent: AgentId): void;
  close(): void;
}

type Timing = Pick<ServerContext, "clock" | "now">;

interface ColleaguesDeps extends Timing {
  presence: Pick<Presence, "all">;
  views: Pick<AgentViews, "colleague">;
}

/** @param sendToAll gets the data of each `colleagues` event, in JSON: the same for all pages */
function createColleagues(
  { presence, views, clock, now }: ColleaguesDeps,
  sendToAll: (data: string) => void,
): Colleagues {
  const stateOf = (agent: AgentId): string => JSON.stringify(views.colleague(agent));
  const pending = new Set<AgentId>();
  let order = presence.all();
  let sent = new Map(order.map((agent) => [agent, stateOf(agent)]));
  let text: string | undefined;
  let sentAt = -Infinity;
  let next: { cancel(): void } | undefined;

  const listText = (): string => (text ??= `[${[...sent.values()].join(",")}]`);
  const send = (all: boolean, agents: string): void => {
    sentAt = now();
    sendToAll(`{"all":${all},"agents":${agents}}`);
  };
  const flush = (): void => {
    next = undefined;
    const agents = presence.all();
    const news = [...pending].filter((agent) => sent.has(agent) && sent.get(agent) !== stateOf(agent));
    pending.clear();
    text = undefined;
    // Presence makes a new list whenever an agent is added or removed.
    if (agents !== order) {
      order = agents;
      sent = new Map(order.map((agent) => [agent, stateOf(agent)]));
      send(true, listText());
    } else if (news.length > 0) {
      for (const agent of news) sent.set(agent, stateOf(agent));
      send(false, `[${news.map((agent) => sent.get(agent)).join(",")}]`);
    }
  };
  const atOnceOrAfter = (ms: number): { cancel(): void } => {
    if (ms > 0) return clock.after(ms, flush);
    const immediate = setImmediate(flush);
    return { cancel: () => clearImmediate(immediate) };
  };
  return {
    text: listText,
    changed(agent) {
      pending.add(agent);
      next ??= atOnceOrAfter(sentAt + INTERVAL_MS - now());
    },
    close: () => next?.cancel(),
  };
}

/** Returns a function that runs `update` for each item once, after the current turn of the event loop. */
function coalesce<Item>(update: (item: Item) => void): (item: Item) => void {
  const pending = new Set<Item>();
  const flush = (): void => {
    const items = [...pending];
    pending.clear();
    items.forEach(update);
  };
  return (item) => {
    if (pending.size === 0) setImmediate(flush);
    pending.add(item);
  };
}

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
  { presence, coordinator, nameOf, clock, now }: ViewContext & Timing,
  views: AgentViews,
): AgentWindows<Window> {
  const windows = new Map<AgentId, Set<Window>>();
  const shown = new Map<AgentId, OwnTexts>();
  const all = (): Window[] => [...windows.values()].flatMap((ofAgent) => [...ofAgent]);
  const colleagues = createColleagues({ presence, views, clock, now }, (data) => {
    for (const window of all()) sendNumbered(window, "colleagues", data);
  });

  const sendOwn = (agent: AgentId): void => {
    const before = shown.get(agent);
    if (!before) return;
    const own = views.own(agent);
    const parts = PARTS.filter((part) => own[part] !== before[part]);
    if (parts.length === 0) return;
    shown.set(agent, own);
    const data = `{${inJson(own, parts)}}`;
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
