import { type RequestHandler, Router } from "express";
import { readVersion } from "../../version.ts";
import { operatorOnly } from "../auth/guards.ts";
import type { ServerContext } from "../context.ts";
import type { ServerInfo } from "../control-api.ts";
import type { HistoryAnswer } from "../past-calls-api.ts";
import type { Handshakes, Limit } from "../streams/stream.ts";
import type { WatchStreams } from "../streams/watch-streams.ts";
import { pastCall } from "../views/past-call.ts";
import { historyQuery, readBy } from "./requests.ts";

const VERSION = readVersion();

const WATCH_STREAMS: readonly Limit[] = [["operator", 100]];

type ServerFacts = Pick<ServerContext, "instance" | "startedAt" | "publicUrl" | "number" | "signatures">;
type PastCalls = Pick<ServerContext, "endedCalls" | "nameOf">;

function serverInfo({ instance, startedAt, publicUrl, number, signatures }: ServerFacts): ServerInfo {
  return {
    version: VERSION,
    instance,
    startedAt,
    publicUrl: publicUrl(),
    number,
    refusedSignatures: signatures.suspicion(),
  };
}

function history({ endedCalls, nameOf }: PastCalls): RequestHandler {
  return async (request, response) => {
    const { since = "0" } = readBy(historyQuery, request.query);
    const calls = await endedCalls(Number(since));
    response.json({ calls: calls.map((call) => pastCall(call, nameOf)) } satisfies HistoryAnswer);
  };
}

/** `/api/server`, `/api/watch`, `/api/history`: the server and all its calls, for operators; after `authenticated`. */
export function operatorRoutes(
  context: ServerFacts & PastCalls,
  watch: WatchStreams,
  handshakes: Handshakes,
): Router {
  const router = Router();
  router.get("/server", operatorOnly, (_request, response) => {
    response.json(serverInfo(context));
  });
  router.get("/history", operatorOnly, history(context));
  router.get("/watch", operatorOnly, (request, response) => {
    handshakes.accept(request, response, WATCH_STREAMS, (socket) => watch.open(socket));
  });
  return router;
}
