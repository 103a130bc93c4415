import type { AgentView } from "../../src/server/control-api.ts";
import type { EventsState } from "./model.ts";
import { retryTimer } from "./retry-timer.ts";
import { type Connection, connect } from "./stream.ts";
import type { Happening } from "./update.ts";

/** When the page says why it shows nothing, and when it looks for the reason, in ms after it began to wait. */
const SAY_MS = 5_000;
const LOOK_MS = 4_000;

/** What a silence of so many ms makes of the server, before the first view and after it: a restart takes a few seconds. */
const FIRST_SILENCE = [
  [SAY_MS, "lost"],
  [60_000, "gone"],
] as const;
const SILENCE = [
  [1_500, "lost"],
  [8_000, "away"],
  [60_000, "gone"],
] as const;

/** Why there is no stream although the server answers requests. */
type Obstacle = Extract<EventsState, "blocked" | "crowded">;

/** Who talks shall not wait longer than this once the server is back. */
const LONGEST_PAUSE_MS = 4_000;

interface Needs {
  agent: string;
  /** What a request for the stream is answered that asks for no WebSocket: an HTTP status, 0 for none. */
  readonly probe: () => Promise<number>;
  readonly removed: () => void;
  readonly tell: (happening: Happening) => void;
}

/** 426: the request came through, so that something on the way takes the WebSocket out of it. */
const obstacleOf = (status: number): Obstacle | null =>
  status === 426 ? "blocked" : status === 429 ? "crowded" : null;

/**
 * Tells how long the server has been silent, and what stands in the way.
 * @param look finds that out
 */
function silenceTeller(tell: (state: EventsState) => void, look: () => Promise<Obstacle | null>) {
  let timers: number[] = [];
  let since = 0;
  let obstacle: Obstacle | null = null;
  const find = async (): Promise<void> => {
    obstacle = await look();
    // A server that has just come back may answer a request and not yet the stream.
    if (obstacle && timers.length > 0 && performance.now() - since >= SAY_MS) tell(obstacle);
  };
  return {
    find,
    begin(ladder: typeof SILENCE | typeof FIRST_SILENCE): void {
      if (timers.length > 0) return;
      since = performance.now();
      timers = ladder.map(([ms, state]) => window.setTimeout(() => tell(obstacle ?? state), ms));
      timers.push(window.setTimeout(() => void find(), LOOK_MS));
    },
    end(): void {
      timers.forEach(clearTimeout);
      timers = [];
      obstacle = null;
    },
  };
}

/** Follows the server's view of this agent for as long as the session lasts, and comes back when the stream breaks. */
export function followEvents({ agent, probe, removed, tell }: Needs): () => void {
  const path = `/api/events?agent=${encodeURIComponent(agent)}`;
  const look = async (): Promise<Obstacle | null> => {
    const status = await probe();
    if (status === 401) close();
    return obstacleOf(status);
  };
  const silence = silenceTeller((state) => tell({ kind: "events", state }), look);
  let connection: Connection;
  let isClosed = false;

  const open = (): void => {
    connection = connect(path, {
      received: ({ event, data }) => {
        if (event === "view") shown(data as AgentView);
        if (event === "removed") leave();
      },
      gone: () => void failed(),
    });
  };
  const shown = (view: AgentView): void => {
    silence.end();
    retry.settle();
    tell({ kind: "events", state: "open" });
    tell({ kind: "view", view });
  };
  const failed = async (): Promise<void> => {
    if (isClosed) return;
    silence.begin(SILENCE);
    await silence.find();
    retry.backOff();
  };
  const leave = (): void => {
    close();
    removed();
  };
  const close = (): void => {
    isClosed = true;
    silence.end();
    retry.stop();
    window.removeEventListener("online", reopen);
    connection.close();
  };
  const reopen = (): void => {
    if (connection.isOver()) open();
  };

  const retry = retryTimer(reopen, LONGEST_PAUSE_MS);
  window.addEventListener("online", reopen);
  silence.begin(FIRST_SILENCE);
  open();
  return close;
}
