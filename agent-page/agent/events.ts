import type { AgentView } from "../../src/server/control-api.ts";
import { retryTimer } from "./retry-timer.ts";
import type { Happening } from "./update.ts";

/** A server that restarts is back in less: no alarm for that. */
const GRACE_MS = 1_500;

interface Needs {
  agent: string;
  /** False when the session is over. */
  readonly isSignedIn: () => Promise<boolean>;
  readonly tell: (happening: Happening) => void;
}

/**
 * Follows the server's view of this agent for as long as the session lasts. EventSource comes back by itself
 * after a network error, but gives up for good on any answer but 200.
 */
export function followEvents({ agent, isSignedIn, tell }: Needs): () => void {
  let source: EventSource;
  let alarm: number | undefined;

  const open = (): void => {
    source = new EventSource(`/api/events?agent=${encodeURIComponent(agent)}`);
    source.addEventListener("open", opened);
    source.addEventListener("view", ({ data }) =>
      tell({ kind: "view", view: JSON.parse(String(data)) as AgentView }),
    );
    source.addEventListener("error", () => void failed());
  };
  const opened = (): void => {
    clearTimeout(alarm);
    alarm = undefined;
    retry.settle();
    tell({ kind: "events", state: "open" });
  };
  const failed = async (): Promise<void> => {
    alarm ??= window.setTimeout(() => tell({ kind: "events", state: "lost" }), GRACE_MS);
    if (source.readyState !== EventSource.CLOSED) return;
    if (!(await isSignedIn())) return close();
    retry.backOff();
  };
  const reopen = (): void => {
    source.close();
    open();
  };
  const close = (): void => {
    clearTimeout(alarm);
    retry.stop();
    window.removeEventListener("online", reopen);
    source.close();
  };

  const retry = retryTimer(reopen);
  window.addEventListener("online", reopen);
  open();
  return close;
}
