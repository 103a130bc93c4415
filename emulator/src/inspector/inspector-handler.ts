import type { IncomingMessage, ServerResponse } from "node:http";
import type { MayTalk } from "../signalling/origin.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import { callFile } from "./call-file.ts";
import { callPage } from "./call-page.ts";
import { curlOfDelivery, curlOfRequest } from "./curl.ts";
import { familiesOf, narrowed } from "./family.ts";
import { homePage } from "./home-page.ts";
import { inspectorPage } from "./inspector-page.ts";
import type { Journal } from "./journal.ts";
import { createLiveEvents } from "./live-events.ts";
import { isOwnPage, sendAgain } from "./send-again.ts";
import { type InspectorContext, type Snapshot, collect, masked } from "./snapshot.ts";
import { CONTENT_SECURITY_POLICY } from "./styles.ts";
import { collectWarnings } from "./warnings.ts";

interface Parts extends InspectorContext {
  journal: Journal;
  webhooks: Webhooks;
  mayTalk: MayTalk;
}

interface Reply {
  status: number;
  type: string;
  body: string;
  headers?: Record<string, string>;
}

interface Question {
  shown: Snapshot;
  /** The groups of the route's path. */
  named: readonly string[];
  query: URLSearchParams;
  parts: Parts;
}

type Route = readonly [path: RegExp, answer: (question: Question) => Reply];

const HTML = "text/html; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";
const TEXT = "text/plain; charset=utf-8";

const page = (body: string, status = 200): Reply => ({ status, type: HTML, body });
const json = (value: unknown): Reply => ({
  status: 200,
  type: JSON_TYPE,
  body: JSON.stringify(value, null, 2),
});
const text = (status: number, body: string): Reply => ({ status, type: TEXT, body: `${body}\n` });

const familyOf = (shown: Snapshot, call = "") => familiesOf(shown).find(({ calls }) => calls.includes(call));

function showPage({ shown, query, parts }: Question): Reply {
  const call = query.get("call");
  if (call === null) return page(inspectorPage(shown, familiesOf(shown), (part) => masked(part, parts)));
  const family = familyOf(shown, call);
  if (!family) return text(404, `There is no call ${call.slice(0, 40)}. See /inspector for the calls.`);
  const whole = masked(narrowed(shown, family), parts);
  return page(callPage(whole, { call, reads: query.get("reads") === "1" }));
}

function downloadCall({ shown, named: [call = ""], query, parts }: Question): Reply {
  const family = familyOf(shown, call);
  if (!family) return text(404, `There is no call ${call}.`);
  const numbers = query.get("numbers") === "real";
  const body = callFile(masked(narrowed(shown, family), parts), call, { numbers });
  const headers = { "Content-Disposition": `attachment; filename="call-${call}.json"` };
  return { status: 200, type: JSON_TYPE, body, headers };
}

function showDeliveryAsCurl({ named: [id], parts }: Question): Reply {
  const delivery = parts.deliveries.find((one) => one.id === Number(id));
  if (!delivery) return text(404, `There is no delivery ${id}.`);
  const command = curlOfDelivery(delivery, parts.engine.world.account.authToken);
  return { status: 200, type: TEXT, body: masked(command, parts) };
}

function showRequestAsCurl({ named: [id], parts }: Question): Reply {
  const request = parts.requests.find((one) => one.id === Number(id));
  if (!request) return text(404, `There is no request ${id}.`);
  const command = curlOfRequest(request, parts.url(), parts.engine.world.account.accountSid);
  return { status: 200, type: TEXT, body: masked(command, parts) };
}

const ROUTES: readonly Route[] = [
  [/^\/$/, ({ shown, parts }) => page(homePage(masked(shown, parts)))],
  [/^\/inspector$/, showPage],
  [/^\/inspector\.json$/, ({ shown, parts }) => json(masked(shown, parts))],
  [/^\/inspector\/deliveries\.json$/, ({ shown, parts }) => json(masked(shown.deliveries, parts))],
  [/^\/inspector\/calls\/(CA[0-9a-f]{32})\.json$/, downloadCall],
  [/^\/inspector\/deliveries\/(\d{1,9})\/curl$/, showDeliveryAsCurl],
  [/^\/inspector\/requests\/(\d{1,9})\/curl$/, showRequestAsCurl],
];

const SEND_AGAIN = /^\/inspector\/deliveries\/(\d{1,9})\/send-again$/;

function send(res: ServerResponse, { status, type, body, headers = {} }: Reply): void {
  res.writeHead(status, {
    "Content-Type": type,
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    // A form of a page without a referrer would have the origin `null`.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    ...headers,
  });
  res.end(body);
}

const onlyBy = (allow: string): Reply => ({
  ...text(405, allow === "POST" ? "Press “Send again” in the inspector." : "This can only be read."),
  headers: { Allow: allow },
});

/** Answers a script with the new delivery, and a form with its place in the page. */
async function answerSendAgain(req: IncomingMessage, id: number, parts: Parts): Promise<Reply> {
  if (req.method !== "POST") return onlyBy("POST");
  if (!isOwnPage(req)) return text(403, "Only the inspector's own page may send a webhook again.");
  const original = parts.deliveries.find((one) => one.id === id);
  if (!original) return text(404, `There is no delivery ${id}.`);
  const delivery = await sendAgain(parts.webhooks, original);
  if (!delivery) return text(500, "The webhook was not recorded.");
  const { status, durationMs, error } = delivery;
  if (req.headers.accept === "application/json")
    return json(masked({ id: delivery.id, status, durationMs, error }, parts));
  const headers = { Location: `/inspector#delivery-${delivery.id}` };
  return { ...text(303, "Sent."), headers };
}

/**
 * `/` (where to go), `/inspector` (a page that follows what happens), its JSON, the download of a call, and `send-again`, the
 * only one that does something. Without sign-in, therefore without secrets. Whatever an app or a caller put into it is shown as text.
 */
export function createInspectorHandler(parts: Parts): (req: IncomingMessage, res: ServerResponse) => void {
  const warnings = collectWarnings(parts.engine);
  parts.engine.onEvent((event) => parts.journal.add({ kind: "event", event }));
  const follow = createLiveEvents(parts.journal);
  return (req, res) => {
    const { pathname, searchParams: query } = new URL(req.url ?? "/", "http://localhost");
    const again = SEND_AGAIN.exec(pathname);
    if (again) return void answerSendAgain(req, Number(again[1]), parts).then((reply) => send(res, reply));
    if (pathname === "/inspector/events" && !parts.mayTalk(req))
      return send(res, text(403, "Only pages of the emulator and of its app may follow it."));
    const route = ROUTES.find(([path]) => path.test(pathname));
    if (!route && pathname !== "/inspector/events")
      return send(res, text(404, `Nothing is at ${pathname}. Try /inspector.`));
    if (req.method !== "GET" && req.method !== "HEAD") return send(res, onlyBy("GET, HEAD"));
    if (!route) return follow(req, res);
    const [path, answer] = route;
    const named = path.exec(pathname)?.slice(1) ?? [];
    send(res, answer({ shown: collect(parts, warnings), named, query, parts }));
  };
}
