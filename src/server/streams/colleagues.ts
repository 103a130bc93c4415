import type { Presence } from "../../presence/presence.ts";
import type { AgentId } from "../../call/types.ts";
import type { AgentViews } from "../views/agent-view.ts";

/** How long changes of colleagues are collected before all pages are told, in ms. */
const TOGETHER_MS = 100;

/** The list of all agents that every page shows, as it was last told. */
export interface Colleagues {
  /** The list in JSON, written once per telling however many pages open. */
  text(): string;
  /** An agent's state may have changed: the pages are told at once, or 100 ms after they were last told. */
  note(agent: AgentId): void;
  close(): void;
}

type Deps = { presence: Pick<Presence, "all">; views: Pick<AgentViews, "colleague"> };

/** @param tell gets each change as the data of a `colleagues` event, in JSON: the same for all pages */
export function createColleagues({ presence, views }: Deps, tell: (data: string) => void): Colleagues {
  const stateOf = (agent: AgentId): string => JSON.stringify(views.colleague(agent));
  const changed = new Set<AgentId>();
  let order = presence.all();
  let told = new Map(order.map((agent) => [agent, stateOf(agent)]));
  let text: string | undefined;
  let toldAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;

  const listText = (): string => (text ??= `[${[...told.values()].join(",")}]`);
  const send = (all: boolean, agents: string): void => {
    toldAt = performance.now();
    tell(`{"all":${all},"agents":${agents}}`);
  };
  const tellNow = (): void => {
    timer = undefined;
    const agents = presence.all();
    const news = [...changed].filter((agent) => told.has(agent) && told.get(agent) !== stateOf(agent));
    changed.clear();
    text = undefined;
    // The seats make another list whenever an agent was added or removed.
    if (agents !== order) {
      order = agents;
      told = new Map(order.map((agent) => [agent, stateOf(agent)]));
      send(true, listText());
    } else if (news.length > 0) {
      for (const agent of news) told.set(agent, stateOf(agent));
      send(false, `[${news.map((agent) => told.get(agent)).join(",")}]`);
    }
  };
  return {
    text: listText,
    note(agent) {
      changed.add(agent);
      const wait = Math.max(0, toldAt + TOGETHER_MS - performance.now());
      timer ??= setTimeout(tellNow, wait).unref();
    },
    close: () => clearTimeout(timer),
  };
}
