import type { Response } from "express";
import type { AgentId } from "../../call/types.ts";
import type { ServerContext } from "../context.ts";
import type { AgentViews } from "../views/agent-view.ts";
import { type EventStream, openEventStream } from "./event-stream.ts";
import { keepShowing } from "./keep-showing.ts";

export interface AgentStreams {
  /** Streams an agent's view; while it is open the agent counts as present. */
  open(agent: AgentId, session: string, response: Response): void;
  /** Ends the streams of a session that was signed out. */
  end(session: string): void;
  close(): void;
}

interface Open {
  session: string;
  stream: EventStream;
  changed(): void;
}

export function createAgentStreams(context: ServerContext, views: AgentViews): AgentStreams {
  const streams = new Set<Open>();
  const changed = (): void => {
    for (const open of streams) open.changed();
  };
  const stops = [context.coordinator.onChange(changed), context.presence.onChange(changed)];
  return {
    open(agent, session, response) {
      const disconnect = context.presence.connect(agent);
      const stream = openEventStream(response, () => {
        streams.delete(open);
        disconnect();
      });
      const look = async (): Promise<string> => {
        // A session that has ended meanwhile sees nothing more.
        if ((await context.sessions.find(session)) !== agent) stream.close();
        return JSON.stringify(await views.of(agent));
      };
      const open: Open = { session, stream, ...keepShowing(look, (view) => stream.send("view", view)) };
      streams.add(open);
      open.changed();
    },
    end(session) {
      for (const open of streams) if (open.session === session) open.stream.close();
    },
    close() {
      for (const stop of stops) stop();
      for (const open of streams) open.stream.close();
    },
  };
}
