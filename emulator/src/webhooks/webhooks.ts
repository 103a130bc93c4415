import { randomUUID } from "node:crypto";
import { rootCertificates } from "node:tls";
import type { HttpMethod } from "../types.ts";
import type { CookieJar } from "./cookies.ts";
import type { Delivery } from "./delivery.ts";
import { badAddress, type Failure, failedConnection, tooManyRedirects } from "./failure.ts";
import { type Page, type Wire, requestPage } from "./request-page.ts";
import { readOverrides } from "./overrides.ts";

/** A request to send. */
export interface WebhookOrder {
  kind: Delivery["kind"];
  /** Absolute; overrides (`#rc=…`) may follow. */
  url: string;
  method: HttpMethod;
  params: Record<string, string>;
  callSid: string | null;
  conferenceSid: string | null;
  cookies: CookieJar | null;
  maxBytes?: number;
  /** The idempotency token; a new one if it is left out. */
  token?: string;
  /** The delivery that the inspector's user sends again. */
  again?: number;
}

/** The answer, or Twilio's code for a failure. `url` is the address of the answer after redirects. */
export type WebhookReply =
  | { ok: true; page: Page; url: string }
  | { ok: false; failure: Failure; url: string };

export interface Webhooks {
  /** Sends one request now, with its retries and redirects. Never rejects. */
  request(order: WebhookOrder): Promise<WebhookReply>;
  /** Records an unsent request as one without an answer. */
  drop(order: WebhookOrder, why: string): WebhookReply;
  /** Oldest first; entries are filled in as answers come. */
  readonly deliveries: readonly Delivery[];
}

const MAX_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const TWIML_LIMIT = 65_536;

const withoutOverrides = (url: string): string => url.replace(/#.*$/s, "");

function parseAddress(text: string, base?: string): URL | null {
  const url = URL.canParse(text, base) ? new URL(text, base) : null;
  return url && /^https?:$/.test(url.protocol) ? url : null;
}

function openDelivery(order: WebhookOrder, id: number): Delivery {
  const { kind, callSid, conferenceSid, method, params, again = null } = order;
  const empty = { durationMs: null, attempts: 0, status: null, contentType: null, body: null, error: null };
  const url = withoutOverrides(order.url);
  return {
    id,
    kind,
    callSid,
    conferenceSid,
    method,
    url,
    params,
    signature: "",
    startedAt: Date.now(),
    again,
    ...empty,
  };
}

/** Twilio follows a redirect with GET and loses the posted fields (www.twilio.com/docs/voice/twiml). */
async function followed(order: WebhookOrder, wire: Wire): Promise<WebhookReply> {
  let { method, params, url } = order;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const address = parseAddress(url);
    if (!address) return { ok: false, failure: badAddress(url), url };
    const page = await requestPage({ method, url, params }, wire);
    if ("failure" in page) return { ok: false, failure: page.failure, url: withoutOverrides(url) };
    const location = page.headers.location;
    if (!REDIRECTS.has(page.status) || location === undefined)
      return { ok: true, page, url: withoutOverrides(url) };
    [method, params] = ["GET", {}];
    url = parseAddress(location, withoutOverrides(url))?.href ?? location;
  }
  return { ok: false, failure: tooManyRedirects(), url: withoutOverrides(url) };
}

/** @param began of `performance.now()` */
function closeDelivery(delivery: Delivery, reply: WebhookReply, began: number): void {
  delivery.durationMs = Math.round(performance.now() - began);
  if (!reply.ok) {
    delivery.error = { code: reply.failure.code, message: reply.failure.message };
    return;
  }
  const text = reply.page.contentType?.startsWith("audio/") ? null : reply.page.body.toString("utf8");
  delivery.body = text?.slice(0, TWIML_LIMIT) ?? `(${reply.page.body.length} bytes)`;
}

/** @param options `authToken` signs every request; `deliveries` gets one entry for each; `webhookCa` (PEM) is trusted besides the usual ones; `onChange` is told of each one when it is sent, and when it is answered */
export function createWebhooks(options: {
  authToken: string;
  deliveries: Delivery[];
  webhookCa?: string | undefined;
  idempotencyToken?: Wire["tokenOn"];
  onChange?: (kind: "webhook" | "webhook-answer", id: number) => void;
  emulator: Wire["emulator"];
}): Webhooks {
  const { authToken, deliveries, webhookCa, onChange, emulator } = options;
  const { idempotencyToken: tokenOn = "always" } = options;
  const ca = webhookCa === undefined ? undefined : [...rootCertificates, webhookCa];
  let lastId = 0;
  const open = (order: WebhookOrder): Delivery => {
    const delivery = openDelivery(order, ++lastId);
    deliveries.push(delivery);
    onChange?.("webhook", delivery.id);
    return delivery;
  };
  const close = (delivery: Delivery, reply: WebhookReply, began: number): void => {
    closeDelivery(delivery, reply, began);
    onChange?.("webhook-answer", delivery.id);
  };
  return {
    deliveries,
    drop(order, why) {
      const reply = { ok: false, failure: failedConnection(why), url: withoutOverrides(order.url) } as const;
      close(open(order), reply, performance.now());
      return reply;
    },
    async request(order) {
      const delivery = open(order);
      const overrides = readOverrides(order.url);
      const { cookies, maxBytes = TWIML_LIMIT, token = randomUUID() } = order;
      const began = performance.now();
      const deadline = began + overrides.totalTimeout;
      const wire = {
        authToken,
        delivery,
        overrides,
        cookies,
        maxBytes,
        token,
        tokenOn,
        deadline,
        ca,
        emulator,
      };
      const reply = await followed(order, wire);
      close(delivery, reply, began);
      return reply;
    },
  };
}
