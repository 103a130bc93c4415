import type { Presence } from "../../presence/presence.ts";
import type { AgentId } from "../../call/types.ts";
import type { AgentViews } from "../views/agent-view.ts";

/** Shortest time between two updates, in ms. */
const INTERVAL_MS = 100;

/** The list of all agents that every page shows. */
export interface Colleagues {
  /** The list as last sent, in JSON; built once per update, not once per page. */
  text(): string;
  /** Reports that an agent's state may have changed. The update follows at once, or 100 ms after the last one. */
  changed(agent: AgentId): void;
  close(): void;
}

type Deps = { presence: Pick<Presence, "all">; views: Pick<AgentViews, "colleague"> };

/** @param sendToAll gets the data of each `colleagues` event, in JSON: the same for all pages */
export function createColleagues({ presence, views }: Deps, sendToAll: (data: string) => void): Colleagues {
  const stateOf = (agent: AgentId): string => JSON.stringify(views.colleague(agent));
  const pending = new Set<AgentId>();
  let order = presence.all();
  let sent = new Map(order.map((agent) => [agent, stateOf(agent)]));
  let text: string | undefined;
  let sentAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;

  const listText = (): string => (text ??= `[${[...sent.values()].join(",")}]`);
  const send = (all: boolean, agents: string): void => {
    sentAt = performance.now();
    sendToAll(`{"all":${all},"agents":${agents}}`);
  };
  const flush = (): void => {
    timer = undefined;
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
  return {
    text: listText,
    changed(agent) {
      pending.add(agent);
      const wait = Math.max(0, sentAt + INTERVAL_MS - performance.now());
      timer ??= setTimeout(flush, wait).unref();
    },
    close: () => clearTimeout(timer),
  };
}
