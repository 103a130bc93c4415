import type { IncomingMessage } from "node:http";
import { TwilioError } from "../engine/engine.ts";
import type { Fields } from "./operation.ts";

const MAX_BODY_BYTES = 256 * 1024;

async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new TwilioError(413, "The request is larger than 256 kB.", 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function partsOf(body: Buffer, contentType: string): Promise<[string, string][]> {
  try {
    const form = await new Response(new Uint8Array(body), {
      headers: { "Content-Type": contentType },
    }).formData();
    return [...form].map(([name, value]) => {
      if (typeof value !== "string") throw new Error(`${name} is a file`);
      return [name, value];
    });
  } catch (error) {
    throw new TwilioError(20001, `The multipart form cannot be read: ${(error as Error).message}`);
  }
}

async function formOf(body: Buffer, contentType = ""): Promise<Iterable<[string, string]>> {
  const type = contentType.toLowerCase();
  if (body.length === 0) return [];
  if (type.startsWith("application/x-www-form-urlencoded")) return new URLSearchParams(body.toString());
  if (type.startsWith("multipart/form-data")) return partsOf(body, contentType);
  throw new TwilioError(
    20001,
    `Parameters must be sent as application/x-www-form-urlencoded or multipart/form-data, not ${contentType || "without a Content-Type"}. Twilio would ignore them in silence.`,
  );
}

/**
 * The parameters of a request, from its query and its form.
 * @throws TwilioError when the body is too large or not a form
 */
export async function readFields(req: IncomingMessage, query: URLSearchParams): Promise<Fields> {
  const form = await formOf(await readBody(req), req.headers["content-type"]);
  const fields = new Map<string, [string, ...string[]]>();
  for (const [name, value] of [...query, ...form]) {
    const earlier = fields.get(name);
    if (earlier) earlier.push(value);
    else fields.set(name, [value]);
  }
  return fields;
}
