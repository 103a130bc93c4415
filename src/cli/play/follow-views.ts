import type { AgentView } from "../../server/agent-events.ts";
import { follow, type Followed, RESEND, type StreamEvent } from "../../wire/stream.ts";
import type { OpenStream } from "../stream.ts";
import { createWaitingList } from "./waiting-list.ts";

/** The views of an agent's stream, built as the page builds them. */
export interface FollowedViews {
  /** The newest view if it passes the test, else the first to come that does. */
  readonly next: (test: (view: AgentView) => boolean) => Promise<AgentView>;
  /** Sends an event; resolves when the server has processed it. */
  readonly sendAcknowledged: (event: StreamEvent) => Promise<void>;
  /** Every message so far. */
  readonly messages: readonly StreamEvent[];
  /** Resolves when the stream has ended. */
  readonly ended: Promise<void>;
}

/** Follows a stream until it ends. */
export function followViews(stream: OpenStream): FollowedViews {
  const views = createWaitingList<AgentView>();
  const messages: StreamEvent[] = [];
  const unacknowledged: (() => void)[] = [];
  let last: Followed | null = null;
  const receive = (message: StreamEvent): void => {
    messages.push(message);
    const wasWhole = last !== null;
    last = follow(last, message);
    if (last) views.add(last.view);
    else if (wasWhole) stream.send(RESEND);
    if (message.event === "snapshot" && wasWhole) unacknowledged.shift()?.();
  };
  const ended = (async () => {
    for await (const message of stream.events) receive(message);
  })();
  return {
    next: (test) => views.next(test),
    // The server answers in order: its snapshot acknowledges the messages before it.
    sendAcknowledged: (event) =>
      new Promise((resolve) => {
        unacknowledged.push(resolve);
        stream.send(event);
        stream.send(RESEND);
      }),
    messages,
    ended,
  };
}
