import type { WebSocket } from "ws";
import type { AgentId } from "../../call/types.ts";
import type { ServerContext } from "../context.ts";
import type { AgentViews } from "../views/agent-view.ts";
import { keepShowing } from "./keep-showing.ts";
import { CLOSE, type Stream, messageText, openStream } from "./stream.ts";

export interface AgentStreams {
  /** Streams an agent's view; while it is open the agent counts as present. */
  open(who: { agent: AgentId; session: string }, socket: WebSocket): void;
  /** Ends the streams of a session that was signed out; who has no other page open is away at once. */
  end(agent: AgentId, session: string): void;
  /** Ends all streams of an agent who was removed, and says so in them. */
  endAll(agent: AgentId): void;
  close(): void;
}

interface Open {
  agent: AgentId;
  session: string;
  stream: Stream;
  /** The agent is no longer present by this stream. */
  disconnect(): void;
  changed(): void;
}

/** Opens agents' streams, and looks at every view again after each change of a call or of who is there. */
export function createAgentStreams(context: ServerContext, views: AgentViews): AgentStreams {
  const streams = new Set<Open>();
  const changed = (): void => {
    for (const open of streams) open.changed();
  };
  const drop = (open: Open): void => {
    // The browser's end of it closes later.
    streams.delete(open);
    open.disconnect();
    open.stream.close(CLOSE.sessionEnded, "The session has ended.");
  };
  const stops = [context.coordinator.onChange(changed), context.presence.onChange(changed)];
  return {
    open({ agent, session }, socket) {
      const disconnect = context.presence.connect(agent);
      const closed = (): void => {
        streams.delete(open);
        disconnect();
      };
      const stream = openStream(socket, { closed });
      const look = async (): Promise<string> => {
        // A session that has ended meanwhile sees nothing more.
        if ((await context.sessions.find(session)) !== agent) drop(open);
        return JSON.stringify(await views.of(agent));
      };
      const open: Open = {
        agent,
        session,
        stream,
        disconnect,
        ...keepShowing(look, (view) => stream.send(messageText("view", view))),
      };
      streams.add(open);
      open.changed();
    },
    end(agent, session) {
      for (const open of streams) if (open.session === session) drop(open);
      context.presence.leave(agent);
      if (context.presence.stateOf(agent) === "signed-out") views.forget(agent);
    },
    endAll(agent) {
      for (const open of streams) {
        if (open.agent !== agent) continue;
        open.stream.send(messageText("removed", "{}"));
        drop(open);
      }
      views.forget(agent);
    },
    close() {
      for (const stop of stops) stop();
      streams.clear();
    },
  };
}
