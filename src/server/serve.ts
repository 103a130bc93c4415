import express, { type Express } from "express";
import { agentRoutes } from "./api/agent-routes.ts";
import { agentsRoutes } from "./api/agents-routes.ts";
import { callRoutes } from "./api/call-routes.ts";
import { operatorRoutes } from "./api/operator-routes.ts";
import { apiVersion, bodyTypes, serverTime } from "./api/requests.ts";
import { tutorialRoutes } from "./api/tutorial-routes.ts";
import { authenticated, createLimits, ownHandshakes } from "./auth/guards.ts";
import { signInRoutes } from "./auth/sign-in-routes.ts";
import type { ServerContext } from "./context.ts";
import type { AgentEntry } from "./control-api.ts";
import { errorHandler, notFound } from "./http-errors.ts";
import type { Listening } from "./listen.ts";
import { opsRoutes } from "./ops/ops-routes.ts";
import { noticePages } from "./page/notice-page.ts";
import { pageRoutes } from "./page/page-routes.ts";
import { securityHeaders } from "./page/security-headers.ts";
import { soundRoutes } from "./sounds.ts";
import { type AgentStreams, createAgentStreams } from "./streams/agent-streams.ts";
import { createHandshakes, type Handshakes } from "./streams/stream.ts";
import { type WatchStreams, createWatchStreams } from "./streams/watch-streams.ts";
import { type AgentViews, createAgentViews } from "./views/agent-view.ts";
import { type WebhookOptions, createWebhookListener } from "./webhooks/webhooks.ts";

export interface Shows {
  views: AgentViews;
  streams: AgentStreams;
  watch: WatchStreams;
  handshakes: Handshakes;
}

/** Pages, sign-in and the control API. Twilio's webhooks do not pass through it. */
export function createApp(context: ServerContext, { streams, watch, views, handshakes }: Shows): Express {
  const app = express();
  const limits = createLimits(context);
  app.set("trust proxy", context.trustedProxies);
  app.set("query parser", "simple");
  app.use(securityHeaders(context));
  app.use(noticePages(context));
  app.use("/api", apiVersion, serverTime(context.now));
  app.use(express.json({ limit: "16kb", inflate: false }));
  app.use(["/api", "/token", "/conference", "/sign-out", "/metrics"], limits.token);
  app.use(ownHandshakes(context));
  app.use(opsRoutes(context, handshakes));
  app.use(signInRoutes(context, streams, limits));
  app.use("/api", bodyTypes("application/json"), authenticated(context));
  app.use("/api", agentRoutes(context, { streams, handshakes, limits }));
  app.use("/api", operatorRoutes(context, watch, handshakes));
  app.use("/api/agents", agentsRoutes(context, { streams, views, limits }));
  app.use("/api/calls", callRoutes(context, limits));
  app.use(tutorialRoutes(context, limits));
  app.use(soundRoutes());
  app.use(pageRoutes(context));
  app.use(notFound);
  app.use(errorHandler(context.onError));
  return app;
}

export interface Serving {
  agents: () => AgentEntry[];
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
  listening.handle({
    request: createWebhookListener({ ...context, ...twilio }, app),
    upgrade: handshakes.upgrade(app),
  });
  return {
    agents: views.entries,
    async stop() {
      streams.close();
      watch.close();
      handshakes.close();
      views.close();
      await listening.close();
    },
  };
}
