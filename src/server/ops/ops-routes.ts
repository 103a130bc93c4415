import { type RequestHandler, Router } from "express";
import type { WebSocket } from "ws";
import type { CallId } from "../../call/types.ts";
import { AppError, toAppError } from "../../errors.ts";
import { readVersion } from "../../version.ts";
import { type Authenticating, createIdentify } from "../auth/guards.ts";
import { isFromThisMachine } from "../auth/senders.ts";
import type { ServerContext } from "../context.ts";
import type { Health, Readiness } from "../control-api.ts";
import { sendError } from "../http-errors.ts";
import { type Handshakes, isHandshake, type Limit, messageText, openStream } from "../streams/stream.ts";
import { within } from "../webhooks/webhooks.ts";

const STORE_TIMEOUT_MS = 2_000;
/** No call has this SID, so the store returns nothing. */
const UNKNOWN_CALL = `CA${"0".repeat(32)}` as CallId;

/** Public, so they do not name the store's file. */
const STORE_REASONS: Record<string, string> = {
  "store-full": "The disk of the store is full.",
  "store-locked": "Another program locks the store.",
  "store-read-only": "The store cannot be written.",
  "store-damaged": "The store is damaged.",
  timeout: "The store does not answer.",
};

type Sources = Pick<ServerContext, "coordinator" | "probeStore" | "isReachable" | "acceptsCalls">;

/** Tests a read and a write. */
async function storeError({ coordinator, probeStore }: Sources): Promise<AppError | undefined> {
  try {
    await within(STORE_TIMEOUT_MS, coordinator.get(UNKNOWN_CALL));
    return await within(STORE_TIMEOUT_MS, probeStore());
  } catch (thrown) {
    return toAppError(thrown);
  }
}

async function readiness(context: Sources): Promise<Readiness> {
  const missing: Readiness["missing"] = [];
  const reasons: string[] = [];
  const addMissing = (what: Readiness["missing"][number], reason: string): void => {
    missing.push(what);
    reasons.push(reason);
  };
  const error = await storeError(context);
  if (error)
    addMissing(
      "store",
      STORE_REASONS[error.code ?? error.category] ?? "The store fails: the server's log says why.",
    );
  if (!context.isReachable()) addMissing("public-url", "Twilio cannot reach this server yet.");
  if (!context.acceptsCalls()) addMissing("acceptance", "The server is stopping and takes no new calls.");
  return { status: missing.length === 0 ? "ready" : "not-ready", missing, reasons };
}

/** Opening one needs no credentials, so the limit is low. */
const HEALTH_STREAMS: readonly Limit[] = [["health", 20]];

const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader("Cache-Control", "no-store");
  next();
};

type MetricsContext = Authenticating & Pick<ServerContext, "isLocalHost" | "metrics">;

/** Serves programs on this machine, and operators anywhere. */
function metrics(context: MetricsContext): RequestHandler {
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
export function opsRoutes(
  context: MetricsContext & Sources & Pick<ServerContext, "instance">,
  handshakes: Handshakes,
): Router {
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
