import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { sdkShim } from "../signalling/sdk-shim.ts";

const SECURITY = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; media-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "microphone=(self), camera=(), geolocation=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wav": "audio/wav",
};

const NOT_BUILT =
  "The phone page is not built. In the project's folder type: npm run build. (Or start the emulator with the folder of the built pages.)\n";

/** The files that we serve; their names have no other characters than these. */
const FILE = /^\/(phone\.html|icon\.svg|inspector\.js|assets\/[\w.-]+)$/;

const plain = (res: ServerResponse, status: number, text: string): void =>
  void res.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...SECURITY }).end(text);

async function sendFile(res: ServerResponse, folder: string, path: string): Promise<void> {
  try {
    const body = await readFile(join(folder, path));
    res.writeHead(200, {
      "content-type": TYPES[extname(path)] ?? "application/octet-stream",
      // Names of assets change with their content.
      "cache-control": path.startsWith("/assets/") ? "max-age=31536000, immutable" : "no-cache",
      ...SECURITY,
    });
    res.end(body);
  } catch {
    plain(res, 404, path === "/phone.html" ? NOT_BUILT : "There is no such file.\n");
  }
}

/** The shim runs in pages of other origins: those that the app under test serves. */
function sendShim(res: ServerResponse): void {
  res.writeHead(200, {
    "content-type": TYPES[".js"],
    "cache-control": "no-cache",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
  });
  res.end(sdkShim);
}

/** Serves the phone page and the Voice SDK's shim. False: the request is for something else. */
export function servePages(req: IncomingMessage, res: ServerResponse, pagesDir: string | undefined): boolean {
  const { pathname } = new URL(req.url ?? "/", "http://localhost");
  if (pathname !== "/voice-sdk-shim.js" && pathname !== "/phone" && !FILE.test(pathname)) return false;
  if (req.method !== "GET" && req.method !== "HEAD") plain(res, 405, "Only GET is possible here.\n");
  else if (pathname === "/voice-sdk-shim.js") sendShim(res);
  else if (pathname === "/phone") res.writeHead(302, { location: "/phone.html" }).end();
  else if (pagesDir === undefined) plain(res, 404, NOT_BUILT);
  else void sendFile(res, pagesDir, pathname);
  return true;
}
