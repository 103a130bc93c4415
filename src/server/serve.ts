import { createApp } from "./app.ts";
import type { ServerContext } from "./context.ts";
import type { AgentEntry } from "./control-api.ts";
import { createAgentStreams } from "./streams/agent-streams.ts";
import { createHandshakes } from "./streams/handshakes.ts";
import { createWatchStreams } from "./streams/watch-streams.ts";
import type { Listening } from "./listen.ts";
import { createAgentViews } from "./views/agent-view.ts";
import { type WebhookOptions, createWebhookListener } from "./webhooks/listener.ts";

export interface Serving {
  /** In the order in which agents are rung. */
  agents(): Promise<AgentEntry[]>;
  /** Closes streams and finishes responses in progress. */
  stop(): Promise<void>;
}

/** Serves Twilio's webhooks directly, and everything else with express. */
export function serve(
  listening: Listening,
  context: ServerContext,
  twilio: Pick<WebhookOptions, "voice" | "verify" | "onWebhook">,
): Serving {
  const views = createAgentViews(context);
  const streams = createAgentStreams(context, views);
  const watch = createWatchStreams(context);
  const handshakes = createHandshakes();
  const app = createApp(context, { views, streams, watch, handshakes });
  const webhooks = createWebhookListener({ ...context, ...twilio });
  listening.handle({
    request: (request, response) => void (webhooks(request, response) || app(request, response)),
    upgrade: handshakes.upgrade(app),
  });
  return {
    agents: async () => context.agents.list().map(({ id }) => views.entry(id)),
    async stop() {
      streams.close();
      watch.close();
      handshakes.close();
      views.close();
      await listening.close();
    },
  };
}
