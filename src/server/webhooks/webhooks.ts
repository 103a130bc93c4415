import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Clock } from "../../call/ports.ts";
import { AppError, toAppError } from "../../errors.ts";
import { sentenceAndHangup } from "../../twilio/twiml/sentences.ts";
import { isRefusal, readFields, type VerifyWebhook } from "../../twilio/webhooks/form.ts";
import type { ServerContext, SignatureWatch } from "../context.ts";
import { errorAnswer, statusOf } from "../http-errors.ts";
import type { AnsweredWebhook } from "../ops/signals.ts";
import { type Route, type WebhookContext, answerOf, routeOf } from "./routes.ts";

export interface WebhookOptions extends WebhookContext, Pick<ServerContext, "signatures" | "onError"> {
  verify: VerifyWebhook;
  onWebhook: (seen: AnsweredWebhook) => void;
}

/**
 * Waits for `work` at most `ms` milliseconds of real time; the work itself goes on.
 * @throws AppError timeout
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError("timeout", `No answer within ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Twilio gives up after 15 s; a caller should not hear nothing for that long. */
const ANSWER_WITHIN_MS = 4_000;

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) }).end(body);
}

const sendTwiml = (response: ServerResponse, twiml: string): void => send(response, 200, "text/xml", twiml);

function refuse(response: ServerResponse, status: number, error: AppError): void {
  // Otherwise Node would read the rest of an unread body as the next request.
  response.setHeader("Connection", "close");
  send(response, status, "application/json", JSON.stringify(errorAnswer(error)));
}

/** Never 429, and a person on the line always hears a sentence: only a wrong request gets an error. */
function answerError(
  response: ServerResponse,
  kind: Route[2],
  error: AppError,
  options: WebhookOptions,
): void {
  if (error.category === "usage") return refuse(response, 400, error);
  options.onError(error);
  if (kind === "voice") sendTwiml(response, sentenceAndHangup(options.voice().language, "error"));
  else refuse(response, Math.max(500, statusOf(error)), error);
}

async function answerRoute(
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
  options: WebhookOptions,
): Promise<void> {
  const fields = await readFields(request);
  if (isRefusal(fields)) return refuse(response, fields.status, new AppError("usage", fields.message));
  const signature = request.headers["x-twilio-signature"]?.toString();
  const signed = { path: request.url ?? "", signature, fields };
  const isSigned = options.verify(signed);
  options.signatures[isSigned ? "accepted" : "refused"](signed);
  if (!isSigned)
    return refuse(
      response,
      403,
      new AppError("auth", "This request is not signed by Twilio for this account."),
    );
  try {
    const work = answerOf(route, request.url ?? "", fields, options);
    const twiml = await within(ANSWER_WITHIN_MS, work);
    if (twiml === null) response.writeHead(204).end();
    else sendTwiml(response, twiml);
  } catch (thrown) {
    answerError(response, route[2], toAppError(thrown), options);
  }
}

/**
 * Answers Twilio's routes, before and without the rest of the application: nothing but size, type and signature stands
 * between a webhook and its handler. `others` gets the requests for any other path.
 */
export function createWebhookListener(options: WebhookOptions, others: RequestListener): RequestListener {
  return (request, response) => {
    const route = routeOf(request.url ?? "");
    if (!route) return others(request, response);
    if (request.method !== "POST") {
      response.setHeader("Allow", "POST");
      refuse(response, 405, new AppError("usage", "This address takes POST only."));
      return;
    }
    const began = performance.now();
    const report = (): void => {
      const answered = { route: route[0], status: response.statusCode, ms: performance.now() - began };
      if (response.headersSent) options.onWebhook(answered);
    };
    void answerRoute(route, request, response, options)
      .catch((thrown: unknown) => {
        // A client that hung up in the middle of its request is no failure of the server.
        if (request.complete) options.onError(toAppError(thrown));
        response.destroy();
      })
      .then(report);
  };
}

const SUSPICION_MS = 60_000;
const SUSPICIOUS = 3;
/** An operator who has read it need not read it each minute. */
const REPORT_PAUSE_MS = 600_000;

/** The form of every signature of Twilio's: 20 bytes in base64. */
const SIGNATURE = /^[A-Za-z0-9+/]{27}=$/;
/** As in `sendSignedRequest`: the doctor's own request proves nothing about Twilio's. */
const DOCTORS = `CA${"0".repeat(32)}`;

/** Anybody can send a wrong signature, so that it stays a suspicion. */
const suspected = (count: number): AppError =>
  new AppError(
    "auth",
    `${count} requests in a minute looked like Twilio's, but none of our auth tokens signed them.`,
    {
      hint:
        "If the auth token was rotated, calls fail now: set TWILIO_AUTH_TOKEN to the new one and restart. " +
        "If calls work, a stranger is probing the server, and you need not change anything.",
    },
  );

/**
 * Counts requests for our account whose signature has the right form and the wrong value. A right one resets the count, but not
 * the pause between reports, so that a stranger who probes a busy server cannot fill its log.
 */
export function createSignatureWatch(
  accountSid: string,
  { clock, onError }: { clock: Pick<Clock, "now" | "date">; onError: (error: AppError) => void },
): SignatureWatch {
  let refusedAt: number[] = [];
  let suspicion: ReturnType<SignatureWatch["suspicion"]> = null;
  let reportedAt = -Infinity;
  return {
    accepted({ fields }) {
      if (fields.CallSid === DOCTORS) return;
      refusedAt = [];
      suspicion = null;
    },
    refused({ signature = "", fields }) {
      if (!SIGNATURE.test(signature) || fields.AccountSid !== accountSid) return;
      const at = clock.now();
      refusedAt = [...refusedAt.filter((earlier) => at - earlier < SUSPICION_MS), at].slice(-SUSPICIOUS);
      if (refusedAt.length < SUSPICIOUS && !suspicion) return;
      suspicion = { count: (suspicion?.count ?? SUSPICIOUS - 1) + 1, lastAt: clock.date() };
      if (at - reportedAt < REPORT_PAUSE_MS || refusedAt.length < SUSPICIOUS) return;
      reportedAt = at;
      onError(suspected(refusedAt.length));
    },
    suspicion: () => suspicion,
  };
}
