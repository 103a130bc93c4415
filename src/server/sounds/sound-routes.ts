import { Router } from "express";
import { SAMPLE_RATE, waitingMusic } from "./waiting-music.ts";
import { wav } from "./wav.ts";

/** The sounds that Twilio plays: made once, when they are first asked for. Not secret and not signed. */
export function soundRoutes(): Router {
  let waiting: Buffer | undefined;
  const router = Router();
  router.get("/sounds/waiting.wav", (_request, response) => {
    waiting ??= wav(waitingMusic(), SAMPLE_RATE);
    response.type("audio/wav").setHeader("Cache-Control", "public, max-age=86400");
    response.send(waiting);
  });
  return router;
}
