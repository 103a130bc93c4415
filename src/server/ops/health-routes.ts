import { Router } from "express";
import { readVersion } from "../../version.ts";
import type { ServerContext } from "../context.ts";
import type { Health } from "../control-api.ts";

/** `GET /healthz`: this process answers. Public: it says which start of which version this is, and nothing else. */
export function healthRoutes({ instance }: Pick<ServerContext, "instance">): Router {
  const version = readVersion();
  const router = Router();
  router.get("/healthz", (_request, response) => {
    response.setHeader("Cache-Control", "no-store");
    response.json({ status: "ok", instance, version } satisfies Health);
  });
  return router;
}
