import type { IncomingMessage } from "node:http";
import { TwilioError } from "../engine/engine.ts";
import type { Fields } from "./operation.ts";

const MAX_BODY_BYTES = 256 * 1024;

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new TwilioError(413, "The request is larger than 256 kB.", 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function formOf(body: string, contentType: string | undefined): string {
  if (body === "" || contentType?.toLowerCase().startsWith("application/x-www-form-urlencoded")) return body;
  throw new TwilioError(
    20001,
    `Parameters must be sent as application/x-www-form-urlencoded, not ${contentType ?? "without a Content-Type"}. Twilio would ignore them in silence.`,
  );
}

/**
 * The parameters of a request, from its query and its form.
 * @throws TwilioError when the body is too large or not a form
 */
export async function readFields(req: IncomingMessage, query: URLSearchParams): Promise<Fields> {
  const form = new URLSearchParams(formOf(await readBody(req), req.headers["content-type"]));
  const fields = new Map<string, [string, ...string[]]>();
  for (const [name, value] of [...query, ...form]) {
    const earlier = fields.get(name);
    if (earlier) earlier.push(value);
    else fields.set(name, [value]);
  }
  return fields;
}
