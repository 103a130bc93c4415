import type { RequestHandler } from "express";
import helmet from "helmet";
import type { ServerContext } from "../context.ts";

/** Origins that the page may load scripts from and connect to, besides our own: Twilio, or the local Twilio. */
function twilioSources(localTwilio: string | null) {
  if (localTwilio === null) {
    const hosts = ["https://*.twilio.com", "wss://*.twilio.com"];
    return { scripts: [], connections: hosts, media: ["https://*.twilio.com"] };
  }
  return {
    scripts: [localTwilio],
    connections: [localTwilio, localTwilio.replace(/^http/, "ws")],
    media: [],
  };
}

/** For every response outside Twilio's routes. Forbids inline scripts and styles, frames and other origins. */
export function securityHeaders({
  localTwilio,
  publicUrl,
}: Pick<ServerContext, "localTwilio" | "publicUrl">): RequestHandler[] {
  const { scripts, connections, media } = twilioSources(localTwilio);
  const contentSecurityPolicy = {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'", ...scripts],
      connectSrc: ["'self'", ...connections],
      mediaSrc: ["'self'", "blob:", ...media],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  };
  const plain = helmet({ contentSecurityPolicy, strictTransportSecurity: false });
  const overTls = helmet({ contentSecurityPolicy, strictTransportSecurity: true });
  return [
    (request, response, next) =>
      (publicUrl().startsWith("https:") ? overTls : plain)(request, response, next),
    (_request, response, next) => {
      response.setHeader("Permissions-Policy", "microphone=(self), camera=(), geolocation=()");
      next();
    },
  ];
}
