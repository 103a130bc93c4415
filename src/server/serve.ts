import { createApp } from "./app.ts";
import type { ServerContext } from "./context.ts";
import type { AgentEntry } from "./control-api.ts";
import { createAgentStreams } from "./events/agent-streams.ts";
import { createWatchStreams } from "./events/watch-streams.ts";
import type { Listening } from "./listen.ts";
import { createAgentViews } from "./views/agent-view.ts";
import { type WebhookOptions, createWebhookListener } from "./webhooks/webhook-listener.ts";

/** What answers at a socket. */
export interface Serving {
  /** Every agent as operators see one, in the order in which they are rung. */
  agents(): Promise<AgentEntry[]>;
  /** Streams end, answers under way are finished. */
  stop(): Promise<void>;
}

/** Answers what comes to a socket: Twilio's webhooks first and directly, everything else by the application. */
export function serve(
  listening: Listening,
  context: ServerContext,
  twilio: Pick<WebhookOptions, "voice" | "verify" | "onWebhook">,
): Serving {
  const views = createAgentViews(context);
  const streams = createAgentStreams(context, views);
  const watch = createWatchStreams(context);
  const app = createApp(context, { views, streams, watch });
  const webhooks = createWebhookListener({ ...context, ...twilio });
  listening.handle((request, response) => {
    if (!webhooks(request, response)) app(request, response);
  });
  return {
    agents: () => Promise.all(context.agents.list().map(({ id }) => views.entry(id))),
    async stop() {
      streams.close();
      watch.close();
      views.close();
      await listening.close();
    },
  };
}
