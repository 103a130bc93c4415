import type { AgentEvents, SessionEnd } from "../../src/server/agent-events.ts";
import { type Followed, follow, RESEND } from "../../src/wire/agent-view.ts";
import type { StreamEvent } from "../../src/wire/pulse.ts";
import { retryTimer } from "./retry-timer.ts";
import { FIRST_SILENCE, type Obstacle, obstacleOf, SILENCE, createSilenceMonitor } from "./silence.ts";
import { type Connection, connect } from "./stream.ts";
import type { PageEvent } from "./update.ts";

/** Who talks shall not wait longer than this once the server is back. */
const LONGEST_PAUSE_MS = 4_000;

interface EventsOptions {
  agent: string;
  /** What a request for the stream is answered that asks for no WebSocket: an HTTP status, 0 for none. */
  readonly probe: () => Promise<number>;
  /** What is last known of the agent's choice: for a server that knows nothing, as after a restart. */
  readonly takesCalls: () => boolean;
  /** The server has ended the session. */
  readonly ended: (by: SessionEnd) => void;
  readonly dispatch: (happening: PageEvent) => void;
}

/** What this window says to the server. */
export interface Events {
  /** Whether calls can ring here; said when it changes, and to each new stream. */
  readonly setReady: (ready: boolean) => void;
  /** Said when the stream is there. */
  readonly setTakesCalls: (on: boolean) => void;
  readonly close: () => void;
}

/** What this window says, and says again to a new stream. @param send returns false while there is none */
function createReadinessSender(
  send: (event: StreamEvent) => boolean,
): Omit<Events, "close"> & { resend: () => void } {
  let isReady = false;
  let pending: boolean | null = null;
  const sendReady = (): void => void send({ event: "ready", data: { ready: isReady } });
  const setTakesCalls = (on: boolean): void => {
    pending = send({ event: "takes-calls", data: { on } }) ? null : on;
  };
  return {
    setReady: (ready) => {
      if (ready === isReady) return;
      isReady = ready;
      sendReady();
    },
    setTakesCalls,
    resend: () => {
      sendReady();
      if (pending !== null) setTakesCalls(pending);
    },
  };
}

/** Follows the server's view of this agent for as long as the session lasts, and comes back when the stream breaks. */
export function followEvents({ agent, probe, takesCalls, ended, dispatch }: EventsOptions): Events {
  const path = (): string =>
    `/api/events?agent=${encodeURIComponent(agent)}&takes-calls=${takesCalls() ? "on" : "off"}`;
  const findObstacle = async (): Promise<Obstacle | null> => {
    const status = await probe();
    if (status === 401) close();
    return obstacleOf(status);
  };
  const silence = createSilenceMonitor((state) => dispatch({ kind: "events", state }), findObstacle);
  let connection: Connection | undefined;
  let isClosed = false;
  let last: Followed | null = null;
  const sender = createReadinessSender((event) => connection?.send(event) ?? false);

  const open = (): void => {
    last = null;
    connection = connect(path(), { received, gone: () => void failed() });
  };
  const received = (message: StreamEvent): void => {
    if (message.event === "session-ended") return endSession(message.data as AgentEvents["session-ended"]);
    const before = last;
    last = follow(last, message);
    if (!last) return void (before && connection?.send(RESEND));
    if (!before) onFirstView();
    dispatch({ kind: "view", view: last.view });
  };
  /** The stream has shown something: it works. */
  const onFirstView = (): void => {
    silence.end();
    retry.settle();
    dispatch({ kind: "events", state: "open" });
    sender.resend();
  };
  const failed = async (): Promise<void> => {
    if (isClosed) return;
    silence.begin(SILENCE);
    await silence.probe();
    retry.backOff();
  };
  const endSession = ({ by }: AgentEvents["session-ended"]): void => {
    close();
    ended(by);
  };
  const close = (): void => {
    isClosed = true;
    silence.end();
    retry.stop();
    window.removeEventListener("online", reopen);
    connection?.close();
  };
  const reopen = (): void => {
    if (connection?.isOver()) open();
  };

  const retry = retryTimer(reopen, LONGEST_PAUSE_MS);
  window.addEventListener("online", reopen);
  silence.begin(FIRST_SILENCE);
  open();
  return { ...sender, close };
}
