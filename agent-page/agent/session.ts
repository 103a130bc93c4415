import { type Actions, agentActions } from "./actions.ts";
import type { Api } from "./api.ts";
import { retryTimer } from "./retry-timer.ts";
import { type Checked, openParts, type Page, type Parts } from "./session-parts.ts";
import type { Model } from "./model.ts";
import type { Happening } from "./update.ts";

/** Nobody is signed in here, or nobody that the server still knows. */
const REFUSALS = new Set([401, 403, 404]);

export interface Session {
  readonly actions: Actions;
  readonly start: () => Promise<void>;
  readonly announce: (ready: boolean) => Promise<void>;
}

/** The agent's session in this window, from the first question who it is to its end. */
export function openSession(api: Api, page: Page): Session {
  let parts: Parts | null = null;
  const retry = retryTimer(() => void start());

  const end = (by: "agent" | "server"): void => {
    // A conversation outlives the session.
    if (by === "server" && page.model().line) return void setTimeout(() => end(by), 1_000);
    retry.stop();
    if (isOver(page.model())) return;
    parts?.close();
    parts = null;
    page.tell({ kind: "signed-out", by });
  };
  const checked: Checked = (answer) => {
    if (!answer.ok && answer.status === 401) end("server");
    return answer;
  };
  const start = async (): Promise<void> => {
    const answer = await api.me();
    if (answer.ok) {
      page.tell(signedIn(answer.value.agent, answer.date));
      parts = openParts(answer.value, api, page, checked);
    } else if (REFUSALS.has(answer.status)) end("server");
    else {
      page.tell({ kind: "events", state: "lost" });
      retry.backOff();
    }
  };
  return {
    actions: agentActions(api, page, { parts: () => parts, checked, signedOut: () => end("agent") }),
    start,
    announce: async (ready) => void checked(await api.ready(ready)),
  };
}

const isOver = ({ session }: Model): boolean => session === "expired" || session === "left";

/** `date` is the server's clock, ms. */
function signedIn(agent: { id: string; name: string }, date: number | null): Happening {
  const offset = date === null ? 0 : date - Date.now();
  // The Date header has whole seconds: less than two tells nothing.
  return { kind: "signed-in", agent, clockOffset: Math.abs(offset) < 2_000 ? 0 : offset };
}
