import { Router } from "express";
import { operatorOnly } from "../auth/guards.ts";
import type { ServerContext } from "../context.ts";
import type { ServerInfo } from "../control-api.ts";
import type { WatchStreams } from "../events/watch-streams.ts";
import { readVersion } from "../../version.ts";

const VERSION = readVersion();

function serverInfo({ instance, startedAt, publicUrl, number }: ServerContext): ServerInfo {
  return { version: VERSION, instance, startedAt, publicUrl: publicUrl(), number };
}

/** `/api/server`, `/api/watch`: what operators see of the server and of all its calls; after `authenticated`. */
export function operatorRoutes(context: ServerContext, watch: WatchStreams): Router {
  const router = Router();
  router.get("/server", operatorOnly, (_request, response) => {
    response.json(serverInfo(context));
  });
  router.get("/watch", operatorOnly, (_request, response) => watch.open(response));
  return router;
}
