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

/** Opening one needs no credentials, so the limit is low. */
const HEALTH_STREAMS: readonly Limit[] = [["health", 20]];

const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader("Cache-Control", "no-store");
  next();
};

/** Serves programs on this machine, and operators anywhere. */
function metrics(context: ServerContext): RequestHandler {
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
 * - `GET /healthz`, public: the version and this start's id. A WebSocket gets the same in its first message, which tests
 *   whether streams pass the proxies.
 * - `GET /readyz`, public: 200 if the server can take calls, else 503 with what is missing.
 * - `GET /metrics`: for Prometheus; after `tokenLimit`.
 */
export function opsRoutes(context: ServerContext, handshakes: Handshakes): Router {
  const health: Health = { status: "ok", instance: context.instance, version: readVersion() };
  // The server keeps it open, because a proxy that buffers streams sends everything when a stream ends.
  const sendHealth = (socket: WebSocket): void =>
    openStream(socket, { closed: () => undefined }).send(messageText("health", JSON.stringify(health)));
  const router = Router();
  router.get("/healthz", noStore, (request, response) => {
    if (isHandshake(request)) handshakes.accept(request, response, HEALTH_STREAMS, sendHealth);
    else response.json(health);
  });
  router.get("/readyz", noStore, async (_request, response) => {
    const ready = await readiness(context);
    response.status(ready.status === "ready" ? 200 : 503).json(ready);
  });
  router.get("/metrics", noStore, metrics(context));
  return router;
}
