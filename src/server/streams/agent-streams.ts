import type { WebSocket } from "ws";
import type { AgentId } from "../../call/types.ts";
import type { AgentWindow } from "../../presence/presence.ts";
import type { StreamEvent } from "../../wire/stream.ts";
import type { SessionEnd } from "../agent-events.ts";
import type { ServerContext } from "../context.ts";
import type { AgentViews, ViewContext } from "../views/agent-view.ts";
import { type AgentWindows, type Shown, createAgentWindows, sendNumbered } from "./agent-windows.ts";
import { type LineContext, type LineReport, createLostLines } from "./lost-lines.ts";
import { CLOSE, type Stream, openStream } from "./stream.ts";

/** Milliseconds after a failed read until the server checks again whether a session has ended. */
const RETRY_MS = 30_000;

interface Opening extends Pick<LineReport, "session" | "hasLine"> {
  agent: AgentId;
  /** The agent's choice as the window last knew it. */
  takesCalls: boolean;
}

export interface AgentStreams {
  /**
   * Streams an agent's view to a window: a snapshot, then differences. While it is open the agent counts as present. A window that
   * leaves pings unanswered stays open, and is not rung until it answers.
   */
  open(opening: Opening, socket: WebSocket): void;
  /** Ends the streams of a session that was signed out. An agent with no other window is away at once. */
  end(agent: AgentId, session: string): void;
  /** Ends all streams of an agent who was removed. */
  endAll(agent: AgentId): void;
  close(): void;
}

interface Open extends Opening, Shown, LineReport {
  agent: AgentId;
  hasLine: LineReport["hasLine"];
  heardAt: number;
  isAnswering: boolean;
  stream: Stream;
  presence: AgentWindow;
  stopWatching: () => void;
}

/** Calls `ended` when the session expires, or now if it has ended already. Returns a function that stops. */
function watchSession(
  { sessions, clock }: Pick<ServerContext, "sessions" | "clock">,
  { agent, session }: Opening,
  ended: () => void,
): () => void {
  let isStopped = false;
  let timer: { cancel(): void } | undefined;
  const lookAfter = (ms: number): void => void (timer = clock.after(Math.max(1, ms), () => void look()));
  const look = async (): Promise<void> => {
    try {
      const found = await sessions.find(session);
      if (isStopped) return;
      if (found?.agent === agent) lookAfter(found.expiresAt - clock.date());
      else ended();
    } catch {
      if (!isStopped) lookAfter(RETRY_MS);
    }
  };
  void look();
  return () => {
    isStopped = true;
    timer?.cancel();
  };
}

function applyMessage(
  open: Open,
  { event, data }: StreamEvent,
  presence: ServerContext["presence"],
  windows: AgentWindows<Open>,
): void {
  const { ready, on } = (data ?? {}) as { ready?: unknown; on?: unknown };
  if (event === "resend") windows.snapshot(open);
  else if (event === "ready" && typeof ready === "boolean") open.presence.setReady(ready);
  else if (event === "takes-calls" && typeof on === "boolean") presence.setTakesCalls(open.agent, on);
  else if (event === "line" && typeof on === "boolean") open.hasLine = on;
  else open.stream.close(CLOSE.policy, "This message is not known.");
}

const newWindow = (now: number) => ({ n: 0, openedAt: now, heardAt: now, isAnswering: true });

type StreamsContext = LineContext & ViewContext & Pick<ServerContext, "sessions" | "every">;

/** A stream ends with its session. Its last message, `session-ended`, names who ended the session. */
export function createAgentStreams(context: StreamsContext, views: AgentViews): AgentStreams {
  const { presence } = context;
  const windows = createAgentWindows<Open>(context, views);
  const lines = createLostLines(context, (agent) => windows.list(agent));
  const setAnswering = (open: Open, isAnswering: boolean): void => {
    open.isAnswering = isAnswering;
    open.presence.setAnswering(isAnswering);
    if (isAnswering) lines.came(open.agent);
    else lines.silent(open);
  };
  /** False if it was forgotten before. */
  const forget = (open: Open): boolean => {
    open.stopWatching();
    open.presence.close();
    return windows.remove(open);
  };
  const drop = (open: Open, by: SessionEnd): void => {
    sendNumbered(open, "session-ended", JSON.stringify({ by }));
    // The browser's end of it closes later.
    forget(open);
    open.stream.close(CLOSE.sessionEnded, "The session has ended.");
  };
  return {
    open(opening, socket) {
      socket.on("message", () => void (open.heardAt = context.now()));
      const stream = openStream(
        socket,
        {
          received: (message) => applyMessage(open, message, presence, windows),
          answers: (isAnswering) => setAnswering(open, isAnswering),
          closed: () => void (forget(open) && lines.closed(open)),
        },
        { every: context.every },
      );
      const open: Open = {
        ...opening,
        ...newWindow(context.now()),
        stream,
        presence: presence.open(opening.agent, opening.takesCalls),
        stopWatching: watchSession(context, opening, () => drop(open, "server")),
      };
      windows.add(open);
      lines.came(open.agent);
    },
    end(agent, session) {
      for (const open of windows.list(agent)) if (open.session === session) drop(open, "agent");
      presence.leave(agent);
      if (presence.stateOf(agent) === "signed-out") views.forget(agent);
    },
    endAll(agent) {
      for (const open of windows.list(agent)) drop(open, "operator");
      views.forget(agent);
    },
    close() {
      lines.stop();
      for (const open of windows.list()) open.stopWatching();
      windows.close();
    },
  };
}
