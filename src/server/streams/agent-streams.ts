import type { WebSocket } from "ws";
import type { AgentId } from "../../call/types.ts";
import type { AgentWindow } from "../../presence/presence.ts";
import type { StreamEvent } from "../../wire/pulse.ts";
import type { ServerContext } from "../context.ts";
import type { AgentViews } from "../views/agent-view.ts";
import { type AgentWindows, type Shown, createAgentWindows, sendNumbered } from "./agent-windows.ts";
import type { SessionEnd } from "../agent-events.ts";
import { CLOSE, type Stream, openStream } from "./stream.ts";

/** How often it is looked whether the sessions of open streams have expired, in ms. */
const LOOK_MS = 30_000;

interface Opening {
  agent: AgentId;
  session: string;
  /** What the window last knew of the agent's choice. */
  takesCalls: boolean;
}

export interface AgentStreams {
  /** Streams an agent's view to a window: a snapshot, then differences. While it is open the agent counts as present. */
  open(opening: Opening, socket: WebSocket): void;
  /** Ends the streams of a session that was signed out; who has no other window open is away at once. */
  end(agent: AgentId, session: string): void;
  /** Ends all streams of an agent who was removed. */
  endAll(agent: AgentId): void;
  close(): void;
}

interface Open extends Opening, Shown {
  stream: Stream;
  presence: AgentWindow;
}

/** Does what a window says. */
function take(
  open: Open,
  { event, data }: StreamEvent,
  presence: ServerContext["presence"],
  windows: AgentWindows<Open>,
): void {
  const { ready, on } = (data ?? {}) as { ready?: unknown; on?: unknown };
  if (event === "resend") windows.snapshot(open);
  else if (event === "ready" && typeof ready === "boolean") open.presence.setReady(ready);
  else if (event === "takes-calls" && typeof on === "boolean") presence.setTakesCalls(open.agent, on);
  else open.stream.close(CLOSE.policy, "This message is not known.");
}

/** The streams of agents' windows. A stream ends with its session, and its last message says who ended that. */
export function createAgentStreams(context: ServerContext, views: AgentViews): AgentStreams {
  const { presence, sessions } = context;
  const windows = createAgentWindows<Open>(context, views);
  const forget = (open: Open): void => {
    if (windows.remove(open)) open.presence.close();
  };
  const drop = (open: Open, by: SessionEnd): void => {
    sendNumbered(open, "session-ended", JSON.stringify({ by }));
    // The browser's end of it closes later.
    forget(open);
    open.stream.close(CLOSE.sessionEnded, "The session has ended.");
  };
  const dropExpired = async (open: Open): Promise<void> => {
    if ((await sessions.find(open.session)) !== open.agent) drop(open, "server");
  };
  // A store that cannot be read now is asked again.
  const look = (open: Open): void => void dropExpired(open).catch(() => undefined);
  const timer = setInterval(() => windows.list().forEach(look), LOOK_MS).unref();
  return {
    open(opening, socket) {
      const stream = openStream(socket, {
        received: (message) => take(open, message, presence, windows),
        closed: () => forget(open),
      });
      const seat = presence.open(opening.agent, opening.takesCalls);
      const open: Open = { ...opening, stream, presence: seat, n: 0 };
      windows.add(open);
      // The session may have ended while the stream was opened.
      look(open);
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
      clearInterval(timer);
      windows.close();
    },
  };
}
