import type { IncomingMessage } from "node:http";
import { parse } from "node:querystring";
import type { RawForm } from "../../twilio/webhooks/form.ts";

const MAX_BYTES = 64 * 1024;
const MAX_FIELDS = 1000;

/** Why a body is not read; the status says it to the sender. */
export interface BodyRefusal {
  status: 400 | 413 | 415;
  message: string;
}

function refusalOf({ headers }: IncomingMessage): BodyRefusal | undefined {
  const type = headers["content-type"] ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type))
    return { status: 415, message: "The body must be application/x-www-form-urlencoded." };
  if (!/^(identity)?$/i.test(headers["content-encoding"] ?? ""))
    return { status: 415, message: "The body must not be compressed." };
  if (Number(headers["content-length"] ?? 0) > MAX_BYTES) return tooLarge;
  return undefined;
}

const tooLarge: BodyRefusal = { status: 413, message: "The body is larger than 64 kB." };

/** Bytes of a refused body that are still taken, so that its sender gets to read the answer. */
const MAX_DROPPED = 4 * 1024 * 1024;

/** The text of a body, or undefined when it is too large or `drop` is set. */
function readText(request: IncomingMessage, drop: boolean): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const end = (): void =>
      resolve(drop || size > MAX_BYTES ? undefined : Buffer.concat(chunks).toString("utf8"));
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BYTES && !drop) chunks.push(chunk);
      if (size > MAX_DROPPED) resolve(undefined);
    });
    request.once("end", end).once("error", reject);
  });
}

/**
 * Reads a form's fields flat, as Twilio signs them: `a[b]` is a name like any other, and a name that comes twice is a list.
 * Resolves with a refusal for another type, a compressed body, more than 64 kB or more than 1,000 fields.
 */
export async function readFields(request: IncomingMessage): Promise<RawForm | BodyRefusal> {
  const refused = refusalOf(request);
  const text = await readText(request, refused !== undefined);
  if (refused || text === undefined) return refused ?? tooLarge;
  const fields = parse(text, "&", "=", { maxKeys: MAX_FIELDS + 1 });
  if (Object.keys(fields).length > MAX_FIELDS)
    return { status: 413, message: "The body has too many fields." };
  return fields;
}

/** True for a refusal: a form has texts and lists only, a refusal a status that is a number. */
export const isRefusal = (read: RawForm | BodyRefusal): read is BodyRefusal =>
  typeof read.status === "number";
