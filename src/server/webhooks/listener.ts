import type { IncomingMessage, ServerResponse } from "node:http";
import { parse } from "node:querystring";
import { AppError, toAppError } from "../../errors.ts";
import { sentenceAndHangup } from "../../twilio/twiml/sentences.ts";
import { createForm } from "../../twilio/webhooks/form.ts";
import type { VerifyWebhook } from "../../twilio/webhooks/signature.ts";
import { errorAnswer, statusOf } from "../http-errors.ts";
import { isRefusal, readFields } from "./read-fields.ts";
import type { SignatureWatch } from "./refused-signatures.ts";
import { type Webhook, type WebhookContext, webhooks } from "./webhooks.ts";
import { within } from "./within.ts";

/** Twilio gives up after 15 s; a caller should not hear nothing for that long. */
const ANSWER_WITHIN_MS = 4_000;

/** A request to one of Twilio's routes that has been answered. */
export interface AnsweredWebhook {
  route: string;
  status: number;
  /** Milliseconds. */
  ms: number;
}

export interface WebhookOptions extends WebhookContext {
  verify: VerifyWebhook;
  signatures: SignatureWatch;
  onError(error: AppError): void;
  /** Told of each answer. */
  onWebhook: (seen: AnsweredWebhook) => void;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) }).end(body);
}

const sendTwiml = (response: ServerResponse, twiml: string): void => send(response, 200, "text/xml", twiml);

function refuse(response: ServerResponse, status: number, error: AppError): void {
  // A body that was not read to its end would otherwise be taken for the next request.
  response.setHeader("Connection", "close");
  send(response, status, "application/json", JSON.stringify(errorAnswer(error)));
}

/** Never 429, and a person on the line always hears a sentence: only a wrong request gets an error. */
function answerError(
  response: ServerResponse,
  webhook: Webhook,
  error: AppError,
  options: WebhookOptions,
): void {
  if (error.category === "usage") return refuse(response, 400, error);
  options.onError(error);
  if (webhook.voice) sendTwiml(response, sentenceAndHangup(options.voice().language, "error"));
  else refuse(response, Math.max(500, statusOf(error)), error);
}

async function answer(
  webhook: Webhook,
  path: string,
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
  const query = createForm(parse(request.url?.split("?", 2)[1] ?? ""));
  const groups = webhook.path.exec(path)?.groups ?? {};
  try {
    const work = webhook.answer({ path: groups, query, form: createForm(fields) });
    const twiml = await within(ANSWER_WITHIN_MS, work);
    if (twiml === null) response.writeHead(204).end();
    else sendTwiml(response, twiml);
  } catch (thrown) {
    answerError(response, webhook, toAppError(thrown), options);
  }
}

/**
 * Answers Twilio's routes, before and without the rest of the application: nothing but size, type and signature stands
 * between a webhook and its handler. Returns false for any other path.
 */
export function createWebhookListener(
  options: WebhookOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const routes = webhooks(options);
  return (request, response) => {
    // As the tutorial's server, also with a slash at the end. The signature is checked against what was sent.
    const path = request.url?.split("?", 1)[0]?.replace(/(?<=.)\/$/, "") ?? "";
    const webhook = routes.find((candidate) => candidate.path.test(path));
    if (!webhook) return false;
    if (request.method !== "POST") {
      response.setHeader("Allow", "POST");
      refuse(response, 405, new AppError("usage", "This address takes POST only."));
      return true;
    }
    const began = performance.now();
    const tell = (): void => {
      const [route, status] = [webhook.name, response.statusCode];
      if (response.headersSent) options.onWebhook({ route, status, ms: performance.now() - began });
    };
    void answer(webhook, path, request, response, options)
      .catch((thrown: unknown) => {
        // Who hung up in the middle of a request is no trouble of ours.
        if (request.complete) options.onError(toAppError(thrown));
        response.destroy();
      })
      .then(tell);
    return true;
  };
}
