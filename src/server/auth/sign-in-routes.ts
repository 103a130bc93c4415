import { type RequestHandler, Router } from "express";
import { AppError } from "../../errors.ts";
import type { ServerContext } from "../context.ts";
import type { AgentStreams } from "../streams/agent-streams.ts";
import {
  authenticated,
  type Authenticating,
  isOverTls,
  prefixOf,
  type Limits,
  principalOf,
} from "./guards.ts";
import { SIGN_IN_TTL } from "./sign-in-links.ts";

/** A `Set-Cookie` value: hidden from scripts, not sent with other sites' requests. */
function setCookie(agent: string, session: string, maxAge: number, secure: boolean): string {
  const flags = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? "; Secure" : ""}`;
  return `${prefixOf(secure)}${agent}=${session}; ${flags}`;
}

/** `Set-Cookie` values that remove an agent's cookies, with and without the prefix. */
function clearCookies(agent: string, secure: boolean): string[] {
  const names = secure ? [true, false] : [false];
  return names.map((prefixed) => setCookie(agent, "", 0, prefixed));
}

type SignIn = Pick<ServerContext, "links" | "agents" | "sessions" | "publicUrl">;

function signIn(context: SignIn): RequestHandler {
  return async (request, response) => {
    const { t } = request.query;
    const agent = await context.links.agentOf(typeof t === "string" ? t : "");
    if (!context.agents.has(agent))
      throw new AppError("auth", "This link is for an agent who was removed.", {
        hint: "Ask the operator for a new link.",
      });
    const session = await context.sessions.create(agent, SIGN_IN_TTL * 1000);
    const secure = isOverTls(context.publicUrl());
    response.setHeader("Set-Cookie", setCookie(agent, session, SIGN_IN_TTL, secure));
    response.setHeader("Cache-Control", "no-store");
    response.redirect(303, `/?agent=${agent}`);
  };
}

function signOut(context: Pick<SignIn, "sessions" | "publicUrl">, streams: AgentStreams): RequestHandler {
  return async (_request, response) => {
    const principal = principalOf(response);
    if (principal.kind === "agent") {
      await context.sessions.end(principal.session);
      streams.end(principal.agent, principal.session);
      response.setHeader("Set-Cookie", clearCookies(principal.agent, isOverTls(context.publicUrl())));
    }
    response.status(204).end();
  };
}

/** `GET /sign-in?t=` turns a link into a session and shows the page; `POST /sign-out` ends the session. */
export function signInRoutes(
  context: SignIn & Authenticating,
  streams: AgentStreams,
  limits: Limits,
): Router {
  const router = Router();
  router.get("/sign-in", limits.signIn, signIn(context));
  router.post("/sign-out", authenticated(context), signOut(context, streams));
  return router;
}
