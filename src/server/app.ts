import express, { type Express } from "express";
import { agentRoutes } from "./api/agent-routes.ts";
import { agentsRoutes } from "./api/agents-routes.ts";
import { apiVersion, serverTime } from "./api/api-version.ts";
import { bodyTypes } from "./api/bodies.ts";
import { callRoutes } from "./api/call-routes.ts";
import { lineRefusedRoute } from "./api/line-refused-route.ts";
import { operatorRoutes } from "./api/operator-routes.ts";
import { tutorialRoutes } from "./api/tutorial-routes.ts";
import { authenticated } from "./auth/guards.ts";
import { createLimits } from "./auth/limits.ts";
import { ownHandshakes } from "./auth/own-origin.ts";
import { signInRoutes } from "./auth/sign-in-routes.ts";
import type { ServerContext } from "./context.ts";
import { errorHandler, notFound } from "./error-handler.ts";
import type { AgentStreams } from "./streams/agent-streams.ts";
import { opsRoutes } from "./ops/ops-routes.ts";
import { noticePages } from "./page/notice-page.ts";
import { pageRoutes } from "./page/page-routes.ts";
import { securityHeaders } from "./page/security-headers.ts";
import { soundRoutes } from "./sounds/sound-routes.ts";
import type { Handshakes } from "./streams/handshakes.ts";
import type { WatchStreams } from "./streams/watch-streams.ts";
import type { AgentViews } from "./views/agent-view.ts";

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
  app.use("/api", agentRoutes(context, { streams, handshakes }));
  app.use("/api", lineRefusedRoute(context, limits));
  app.use("/api", operatorRoutes(context, watch, handshakes));
  app.use("/api/agents", agentsRoutes(context, { streams, views, limits }));
  app.use("/api/calls", callRoutes(context, limits));
  app.use(tutorialRoutes(context, limits));
  app.use(soundRoutes());
  app.use(pageRoutes(context));
  app.use(notFound);
  app.use(errorHandler(context));
  return app;
}
