import { type RequestHandler, Router } from "express";
import { AppError } from "../../errors.ts";
import { readVersion } from "../../version.ts";
import { createIdentify } from "../auth/identify.ts";
import type { ServerContext } from "../context.ts";
import type { Health } from "../control-api.ts";
import { sendError } from "../send-error.ts";
import { readiness } from "./readiness.ts";
import { isFromThisMachine } from "./this-machine.ts";

const fresh: RequestHandler = (_request, response, next) => {
  response.setHeader("Cache-Control", "no-store");
  next();
};

/** Figures are for programs on this machine, and for the operator from anywhere. */
function figures(context: ServerContext): RequestHandler {
  const identify = createIdentify(context);
  return async (request, response) => {
    const isAllowed =
      isFromThisMachine(request, context.isLocalHost) || (await identify(request))?.kind === "operator";
    if (!isAllowed) {
      const error = new AppError("auth", "Figures are for operators.", {
        hint: "Send OPERATOR_TOKEN as bearer token.",
      });
      return sendError(response, 401, error, "not-signed-in");
    }
    const { type, body } = await context.metrics.text();
    response.setHeader("Content-Type", type).send(body);
  };
}

/**
 * `GET /healthz`: this process answers, and which start of which version it is. `GET /readyz`: customers who call now are
 * served, else 503 with what is missing. Both are public and hold nothing else. `GET /metrics`: figures for Prometheus;
 * after `tokenLimit`.
 */
export function opsRoutes(context: ServerContext): Router {
  const health: Health = { status: "ok", instance: context.instance, version: readVersion() };
  const router = Router();
  router.get("/healthz", fresh, (_request, response) => void response.json(health));
  router.get("/readyz", fresh, async (_request, response) => {
    const ready = await readiness(context);
    response.status(ready.status === "ready" ? 200 : 503).json(ready);
  });
  router.get("/metrics", fresh, figures(context));
  return router;
}
