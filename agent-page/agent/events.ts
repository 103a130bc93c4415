import type { AgentEvents, SessionEnd } from "../../src/server/agent-events.ts";
import { follow, type Followed, RESEND, type StreamEvent } from "../../src/wire/stream.ts";
import { retryTimer } from "./retry-timer.ts";
import { FIRST_SILENCE, type Obstacle, obstacleOf, SILENCE, createSilenceMonitor } from "./silence.ts";
import { type Connection, connect } from "./stream.ts";
import type { PageEvent } from "./update.ts";

/** An agent in a call waits no longer than this after the server is back. */
const LONGEST_PAUSE_MS = 4_000;

interface EventsOptions {
  agent: string;
  /** The HTTP status of a plain request for the stream; 0: no answer. */
  readonly probe: () => Promise<number>;
  /** The agent's last known choice, for a server that has restarted. */
  readonly takesCalls: () => boolean;
  /** Whether a call is up in this window. */
  readonly hasLine: () => boolean;
  /** The server has ended the session. */
  readonly ended: (by: SessionEnd) => void;
  readonly dispatch: (event: PageEvent) => void;
}

/** Reports of this window to the server. */
export interface Events {
  /** Reports whether calls can ring here, and whether one is up. Sent on changes and on each new stream. */
  readonly reportWindow: (isReady: boolean) => void;
  /** Sent when the stream is open. */
  readonly setTakesCalls: (on: boolean) => void;
  readonly close: () => void;
}

/** Sends what the server must know of this window, and resends it on a new stream. @param send returns false without a stream */
function createReporter(send: (event: StreamEvent) => boolean, hasLine: () => boolean) {
  let isReady = false;
  let reportedLine: boolean | null = null;
  let pending: boolean | null = null;
  const sendReady = (): void => void send({ event: "ready", data: { ready: isReady } });
  const sendLine = (): void => {
    const on = hasLine();
    if (on !== reportedLine && send({ event: "line", data: { on } })) reportedLine = on;
  };
  const setTakesCalls = (on: boolean): void => {
    pending = send({ event: "takes-calls", data: { on } }) ? null : on;
  };
  return {
    reportWindow: (ready: boolean): void => {
      sendLine();
      if (ready === isReady) return;
      isReady = ready;
      sendReady();
    },
    setTakesCalls,
    /** A stream is being opened, and its address says whether a call is up. */
    startedWith: (on: boolean): void => void (reportedLine = on),
    resend: (): void => {
      sendLine();
      sendReady();
      if (pending !== null) setTakesCalls(pending);
    },
  };
}

function pathFor({ agent, takesCalls }: EventsOptions, hasLine: boolean): string {
  const [takes, line] = [takesCalls(), hasLine].map((is) => (is ? "on" : "off"));
  return `/api/events?agent=${encodeURIComponent(agent)}&takes-calls=${takes}&line=${line}`;
}

/** Follows the server's view of this agent during the session; reconnects a broken stream. */
export function followEvents(options: EventsOptions): Events {
  const { probe, ended, dispatch } = options;
  const findObstacle = async (): Promise<Obstacle | null> => {
    const status = await probe();
    if (status === 401) close();
    return obstacleOf(status);
  };
  const silence = createSilenceMonitor((state) => dispatch({ kind: "events", state }), findObstacle);
  let connection: Connection | undefined;
  let isClosed = false;
  let last: Followed | null = null;
  const reporter = createReporter((event) => connection?.send(event) ?? false, options.hasLine);

  const open = (): void => {
    last = null;
    const hasLine = options.hasLine();
    reporter.startedWith(hasLine);
    connection = connect(pathFor(options, hasLine), { received, gone: () => void failed() });
  };
  const received = (message: StreamEvent): void => {
    if (message.event === "session-ended") return endSession(message.data as AgentEvents["session-ended"]);
    const before = last;
    last = follow(last, message);
    if (!last) return void (before && connection?.send(RESEND));
    if (!before) onFirstView();
    dispatch({ kind: "view", view: last.view });
  };
  const onFirstView = (): void => {
    silence.end();
    retry.settle();
    dispatch({ kind: "events", state: "open" });
    reporter.resend();
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
  return { reportWindow: reporter.reportWindow, setTakesCalls: reporter.setTakesCalls, close };
}
