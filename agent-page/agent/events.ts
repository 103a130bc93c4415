import type { AgentView } from "../../src/server/control-api.ts";
import { retryTimer } from "./retry-timer.ts";
import type { Happening } from "./update.ts";

/** How long the server has been away, in ms, and what that makes it: one that is started again is back in a few seconds. */
const ABSENCES = [
  [1_500, "lost"],
  [8_000, "away"],
  [60_000, "gone"],
] as const;

/** Who talks shall not wait longer than this once the server is back. */
const LONGEST_PAUSE_MS = 4_000;

interface Needs {
  agent: string;
  /** False when the session is over. */
  readonly isSignedIn: () => Promise<boolean>;
  readonly removed: () => void;
  readonly tell: (happening: Happening) => void;
}

/**
 * Follows the server's view of this agent for as long as the session lasts. EventSource comes back by itself
 * after a network error, but gives up for good on any answer but 200.
 */
export function followEvents({ agent, isSignedIn, removed, tell }: Needs): () => void {
  let source: EventSource;
  let alarms: number[] = [];

  const open = (): void => {
    source = new EventSource(`/api/events?agent=${encodeURIComponent(agent)}`);
    source.addEventListener("open", opened);
    source.addEventListener("view", ({ data }) =>
      tell({ kind: "view", view: JSON.parse(String(data)) as AgentView }),
    );
    source.addEventListener("removed", () => {
      close();
      removed();
    });
    source.addEventListener("error", () => void failed());
  };
  const calm = (): void => {
    alarms.forEach(clearTimeout);
    alarms = [];
  };
  const opened = (): void => {
    calm();
    retry.settle();
    tell({ kind: "events", state: "open" });
  };
  const failed = async (): Promise<void> => {
    if (alarms.length === 0)
      alarms = ABSENCES.map(([ms, state]) => window.setTimeout(() => tell({ kind: "events", state }), ms));
    if (source.readyState !== EventSource.CLOSED) return;
    if (!(await isSignedIn())) return close();
    retry.backOff();
  };
  const reopen = (): void => {
    source.close();
    open();
  };
  const close = (): void => {
    calm();
    retry.stop();
    window.removeEventListener("online", reopen);
    source.close();
  };

  const retry = retryTimer(reopen, LONGEST_PAUSE_MS);
  window.addEventListener("online", reopen);
  open();
  return close;
}
