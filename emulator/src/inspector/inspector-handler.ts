import type { IncomingMessage, ServerResponse } from "node:http";
import { homePage } from "./home-page.ts";
import { inspectorPage } from "./inspector-page.ts";
import { type InspectorContext, type Snapshot, snapshot } from "./snapshot.ts";
import { CONTENT_SECURITY_POLICY } from "./styles.ts";
import { collectWarnings } from "./warnings.ts";

interface View {
  type: string;
  render: (shown: Snapshot) => string;
}

const HTML = "text/html; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";

const views = new Map<string, View>([
  ["/", { type: HTML, render: homePage }],
  ["/inspector", { type: HTML, render: inspectorPage }],
  ["/inspector.json", { type: JSON_TYPE, render: (shown) => JSON.stringify(shown, null, 2) }],
  [
    "/inspector/deliveries.json",
    { type: JSON_TYPE, render: ({ deliveries }) => JSON.stringify(deliveries, null, 2) },
  ],
]);

function reply(res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, {
    "Content-Type": type,
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    ...(status === 405 && { Allow: "GET, HEAD" }),
  });
  res.end(body);
}

/**
 * `/` (where to go), `/inspector` (a page), `/inspector.json` and `/inspector/deliveries.json`: what the emulator knows
 * and its requests to the app. Read-only, without sign-in, therefore without secrets.
 * Whatever an app or a caller put into it is shown as text.
 */
export function createInspectorHandler(
  context: InspectorContext,
): (req: IncomingMessage, res: ServerResponse) => void {
  const warnings = collectWarnings(context.engine);
  return (req, res) => {
    const [pathname = "/"] = (req.url ?? "/").split("?");
    const view = views.get(pathname);
    if (!view) reply(res, 404, "text/plain; charset=utf-8", `Nothing is at ${pathname}. Try /inspector.\n`);
    else if (req.method !== "GET" && req.method !== "HEAD")
      reply(res, 405, "text/plain; charset=utf-8", "The inspector can only be read.\n");
    else reply(res, 200, view.type, view.render(snapshot(context, warnings)));
  };
}
