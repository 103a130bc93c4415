import { type RequestHandler, Router } from "express";
import type { WebSocket } from "ws";
import { AppError } from "../../errors.ts";
import { readVersion } from "../../version.ts";
import { createIdentify } from "../auth/identify.ts";
import { isFromThisMachine } from "../auth/this-machine.ts";
import type { ServerContext } from "../context.ts";
import type { Health } from "../control-api.ts";
import { sendError } from "../send-error.ts";
import { type Handshakes, type Limit, isHandshake } from "../streams/handshakes.ts";
import { messageText, openStream } from "../streams/stream.ts";
import { readiness } from "./readiness.ts";

/** Anybody may open one, and nobody needs many. */
const HEALTH_STREAMS: readonly Limit[] = [["health", 20]];

const fresh: RequestHandler = (_request, response, next) => {
  response.setHeader("Cache-Control", "no-store");
  next();
};

/** Metrics are for programs on this machine, and for operators anywhere. */
function figures(context: ServerContext): RequestHandler {
  const identify = createIdentify(context);
  return async (request, response) => {
    const isAllowed =
      isFromThisMachine(request, context.isLocalHost) || (await identify(request))?.kind === "operator";
    if (!isAllowed) {
      const error = new AppError("auth", "Metrics are for operators.", {
        hint: "Send OPERATOR_TOKEN as the bearer token.",
      });
      return sendError(response, 401, error, "not-signed-in");
    }
    const { type, body } = await context.metrics.text();
    response.setHeader("Content-Type", type).send(body);
  };
}

/**
 * `GET /healthz`: this process answers, and which start of which version it is; as a WebSocket it says the same in its first
 * message, which tests the way of streams. `GET /readyz`: customers who call now are
 * served, else 503 with what is missing. Both are public and hold nothing else. `GET /metrics`: figures for Prometheus;
 * after `tokenLimit`.
 */
export function opsRoutes(context: ServerContext, handshakes: Handshakes): Router {
  const health: Health = { status: "ok", instance: context.instance, version: readVersion() };
  // It stays open: a proxy that holds streams back passes on all that it has when a stream ends.
  const sayHealth = (socket: WebSocket): void =>
    openStream(socket, { closed: () => undefined }).send(messageText("health", JSON.stringify(health)));
  const router = Router();
  router.get("/healthz", fresh, (request, response) => {
    if (isHandshake(request)) handshakes.accept(request, response, HEALTH_STREAMS, sayHealth);
    else response.json(health);
  });
  router.get("/readyz", fresh, async (_request, response) => {
    const ready = await readiness(context);
    response.status(ready.status === "ready" ? 200 : 503).json(ready);
  });
  router.get("/metrics", fresh, figures(context));
  return router;
}
