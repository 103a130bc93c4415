import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError, toAppError } from "../../errors.ts";
import { sentenceAndHangup } from "../../twilio/twiml/sentences.ts";
import type { VerifyWebhook } from "../../twilio/webhooks/signature.ts";
import type { ServerContext } from "../context.ts";
import { errorAnswer, statusOf, within } from "../http-errors.ts";
import type { AnsweredWebhook } from "../ops/signals.ts";
import { isRefusal, readFields } from "./read-fields.ts";
import { type Route, type WebhookContext, answerOf, routeOf } from "./routes.ts";

export interface WebhookOptions extends WebhookContext, Pick<ServerContext, "signatures" | "onError"> {
  verify: VerifyWebhook;
  onWebhook: (seen: AnsweredWebhook) => void;
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
 * between a webhook and its handler. Returns false for any other path.
 */
export function createWebhookListener(
  options: WebhookOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const route = routeOf(request.url ?? "");
    if (!route) return false;
    if (request.method !== "POST") {
      response.setHeader("Allow", "POST");
      refuse(response, 405, new AppError("usage", "This address takes POST only."));
      return true;
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
    return true;
  };
}
