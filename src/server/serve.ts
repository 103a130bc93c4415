import type { Voice } from "../twilio/twiml/connect.ts";
import type { VerifyWebhook } from "../twilio/webhooks/signature.ts";
import { createApp } from "./app.ts";
import type { ServerContext } from "./context.ts";
import { createAgentStreams } from "./events/agent-streams.ts";
import { createWatchStreams } from "./events/watch-streams.ts";
import type { Listening } from "./listen.ts";
import { createAgentViews } from "./views/agent-view.ts";
import { createWebhookListener } from "./webhooks/webhook-listener.ts";

/**
 * Answers what comes to a socket: Twilio's webhooks first and directly, everything else by the application.
 * Returns the way to stop: streams end, answers under way are finished.
 */
export function serve(
  listening: Listening,
  context: ServerContext,
  twilio: { voice: () => Voice; verify: VerifyWebhook },
): () => Promise<void> {
  const views = createAgentViews(context);
  const streams = createAgentStreams(context, views);
  const watch = createWatchStreams(context);
  const app = createApp(context, { views, streams, watch });
  const webhooks = createWebhookListener({ ...context, ...twilio });
  listening.handle((request, response) => {
    if (!webhooks(request, response)) app(request, response);
  });
  return async () => {
    streams.close();
    watch.close();
    views.close();
    await listening.close();
  };
}
