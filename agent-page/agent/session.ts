import { type Actions, agentActions } from "./actions.ts";
import type { SessionEnd } from "../../src/server/agent-events.ts";
import type { Api } from "./api.ts";
import { retryTimer } from "./retry-timer.ts";
import { type SessionCheck, openParts, type Page, type Parts } from "./session-parts.ts";
import { isSignedOut } from "./model.ts";
import type { PageEvent } from "./update.ts";

/** No session, or one that the server has forgotten. */
const REFUSALS = new Set([401, 403, 404]);

export interface Session {
  readonly actions: Actions;
  readonly start: () => Promise<void>;
  /** Reports whether calls can ring in this window, and whether one is up. */
  readonly reportWindow: (isReady: boolean) => void;
  readonly reportMuted: (call: string, muted: boolean) => Promise<void>;
}

/** The agent's session in this window. */
export function openSession(api: Api, page: Page): Session {
  let parts: Parts | null = null;
  const retry = retryTimer(() => void start());

  let isWaiting = false;
  const endAfterCall = (by: SessionEnd): void => {
    isWaiting = page.model().line !== null;
    if (isWaiting) setTimeout(() => endAfterCall(by), 1_000);
    else end(by);
  };
  const end = (by: SessionEnd): void => {
    retry.stop();
    if (isSignedOut(page.model())) return;
    parts?.close();
    parts = null;
    page.dispatch({ kind: "signed-out", by });
  };
  /** A call in progress outlives the session. */
  const revoked = (by: SessionEnd): void => {
    if (!isWaiting) endAfterCall(by);
  };
  const checkSession: SessionCheck = (answer) => {
    if (!answer.ok && answer.status === 401) revoked("server");
    return answer;
  };
  const start = async (): Promise<void> => {
    const answer = await api.me();
    if (answer.ok) {
      page.dispatch(signedIn(answer.value.agent, answer.date));
      parts = openParts(answer.value, api, page, { checkSession, ended: revoked });
    } else if (REFUSALS.has(answer.status)) revoked("server");
    else {
      page.dispatch({ kind: "events", state: "lost" });
      retry.backOff();
    }
  };
  return {
    actions: agentActions(api, page, { parts: () => parts, checkSession, signedOut: () => end("agent") }),
    start,
    reportWindow: (ready) => parts?.events.reportWindow(ready),
    reportMuted: async (call, muted) => void checkSession(await api.change(call, "muted", { muted })),
  };
}

/** `date` is the server's clock, ms. */
function signedIn(agent: { id: string; name: string }, date: number | null): PageEvent {
  return { kind: "signed-in", agent, clockOffset: date === null ? 0 : date - Date.now() };
}
