import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Router, static as serveFolder } from "express";
import { AppError } from "../../errors.ts";
import type { ServerContext } from "../context.ts";

type PageContext = Pick<ServerContext, "pagesDir" | "localTwilio">;

const MARKER = "<!-- voice-sdk-shim -->";

/** Adds the local Twilio's script, if any, before all others: it must run before the Voice SDK. */
async function indexPage({ pagesDir, localTwilio }: PageContext): Promise<string> {
  const page = await readFile(join(pagesDir, "index.html"), "utf8").catch((cause: unknown) => {
    throw new AppError("not-found", "The agent page is not built.", {
      hint: "Run: npm run build",
      code: "page-not-built",
      cause,
    });
  });
  const local = `<meta name="local-twilio" content="${localTwilio}" /><script src="${localTwilio}/voice-sdk-shim.js"></script>`;
  return page.replace(MARKER, localTwilio === null ? "" : local);
}

/** The agent page and its files are public. All data comes from the control API. */
export function pageRoutes(context: PageContext): Router {
  const router = Router();
  router.get(["/", "/index.html"], async (_request, response) => {
    const page = await indexPage(context);
    response.type("html").setHeader("Cache-Control", "no-cache");
    response.send(page);
  });
  router.use(serveFolder(context.pagesDir, { index: false, redirect: false, dotfiles: "ignore" }));
  return router;
}
