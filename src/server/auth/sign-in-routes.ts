import { Router } from "express";
import { AppError } from "../../errors.ts";
import type { ServerContext } from "../context.ts";
import type { AgentStreams } from "../events/agent-streams.ts";
import { setCookie } from "./cookies.ts";
import { authenticated, principalOf } from "./guards.ts";
import { failureLimit } from "./limits.ts";
import { SIGN_IN_TTL } from "./sign-in-links.ts";

/** `GET /sign-in?token=` turns a link into a session and shows the page; `POST /sign-out` ends the session. */
export function signInRoutes(context: ServerContext, streams: AgentStreams): Router {
  const { links, sessions, presence, publicUrl } = context;
  const secure = publicUrl.startsWith("https:");
  const router = Router();
  router.get("/sign-in", failureLimit(), async (request, response) => {
    const { token } = request.query;
    const agent = await links.agentOf(typeof token === "string" ? token : "");
    if (!presence.all().includes(agent))
      throw new AppError("auth", "This link is for an agent who is no longer known here.", {
        hint: "Ask the operator for a new link.",
      });
    const session = await sessions.create(agent, SIGN_IN_TTL * 1000);
    response.setHeader("Set-Cookie", setCookie(agent, session, SIGN_IN_TTL, secure));
    response.setHeader("Cache-Control", "no-store");
    response.redirect(303, `/?agent=${agent}`);
  });
  router.post("/sign-out", authenticated(context), async (_request, response) => {
    const principal = principalOf(response);
    if (principal.kind === "agent") {
      await sessions.end(principal.session);
      streams.end(principal.session);
      response.setHeader("Set-Cookie", setCookie(principal.agent, "", 0, secure));
    }
    response.status(204).end();
  });
  return router;
}
