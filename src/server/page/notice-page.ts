import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Request, RequestHandler, Response } from "express";
import type { ServerContext } from "../context.ts";
import type { ShowNotice } from "../http-errors.ts";
import { type NoticeKind, type NoticeLanguage, noticeWords } from "./notice-words.ts";

type NoticeContext = Pick<ServerContext, "pagesDir" | "localTwilio">;

/** Allows no script, only the page's styles and icon. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(";");

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? "");

/** The agent page's links to its styles and icon, with absolute paths; empty if the page is not built. */
async function linksOf(pagesDir: string): Promise<string> {
  const page = await readFile(join(pagesDir, "index.html"), "utf8").catch(() => "");
  const links = page.match(/<link rel="(?:stylesheet|icon)"[^>]*>/g) ?? [];
  return links.join("").replaceAll('href="./', 'href="/');
}

function kindOf(path: string, status: number, code: string): NoticeKind | null {
  if (path === "/sign-in" && status === 401) return "link";
  if (status === 429) return "too-many";
  if (status === 401) return "signed-out";
  if (code === "not-found") return "not-found";
  return status >= 500 ? "failed" : null;
}

function languageOf(request: Request): NoticeLanguage {
  return request.acceptsLanguages("en", "ja") === "ja" ? "ja" : "en";
}

function render(
  context: NoticeContext,
  { request, response }: { request: Request; response: Response },
): ShowNotice {
  return async (status, error) => {
    const language = languageOf(request);
    const words = noticeWords[language];
    const kind = kindOf(request.path, status, error.code);
    const { title, text } = kind ? words[kind] : { title: error.message, text: error.hint ?? "" };
    const needsLink = kind === "link" || kind === "signed-out";
    const place = needsLink && context.localTwilio !== null ? ` ${words.sandboxLink}` : "";
    const state = needsLink ? `<p class="status" data-tone="problem">${words.signedOut}</p>` : "";
    const links = await linksOf(context.pagesDir);
    response
      .status(status)
      .vary("Accept-Language")
      .set({ "Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Content-Language": language })
      .type("html").send(`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${escape(title)}</title>
${links}
</head>
<body>
<div class="page">
<header class="bar"><div><h1>${words.product}</h1>${state}</div></header>
<main><div class="notice urgent"><h2 class="notice-title">${escape(title)}</h2><p>${escape(text)}${place}</p></div></main>
</div>
</body>
</html>
`);
  };
}

/** Errors become HTML pages for browsers. Programs get JSON, because they do not prefer HTML. */
export function noticePages(context: NoticeContext): RequestHandler {
  return (request, response, next) => {
    response.vary("Accept");
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (isRead && request.accepts("json", "html") === "html")
      response.locals.showNotice = render(context, { request, response });
    next();
  };
}
