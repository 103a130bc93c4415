import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { parse } from "node:querystring";
import { getExpectedTwilioSignature, validateRequest } from "twilio/lib/webhooks/webhooks.js";
import type { Time } from "../../call/types.ts";
import { AppError } from "../../errors.ts";
import { clean } from "../../mask.ts";

/** A form's fields as they came: a field that came twice is a list. */
export type RawForm = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads fields of a webhook. Twilio adds fields without notice, so only the requested ones are read
 * (www.twilio.com/docs/voice/twiml).
 */
export interface Form {
  /** @throws AppError usage when it is absent, came twice or does not match */
  required(name: string, shape: RegExp): string;
  /** Absent or empty: undefined. @throws AppError usage when it came twice or does not match */
  optional(name: string, shape: RegExp): string | undefined;
  /** A field that is only shown: cleaned, cut to `most` characters, empty when it is absent, the first when it came twice. */
  shown(name: string, most: number): string;
}

/** Reads fields by name and shape. */
export function createForm(fields: RawForm): Form {
  const optional: Form["optional"] = (name, shape) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === undefined || value === "") return undefined;
    if (typeof value !== "string") throw new AppError("usage", `The field ${name} came more than once.`);
    if (!shape.test(value)) throw new AppError("usage", `The field ${name} is not what it should be.`);
    return value;
  };
  return {
    optional,
    shown(name, most) {
      const value = (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? "";
      return clean(typeof value === "string" ? value : (value[0] ?? ""), most).trim();
    },
    required(name, shape) {
      const value = optional(name, shape);
      if (value === undefined) throw new AppError("usage", `The field ${name} is missing.`);
      return value;
    },
  };
}

export const CALL_SID = /^CA[0-9a-f]{32}$/;
export const CONFERENCE_SID = /^CF[0-9a-f]{32}$/;
/** A leg's label: an agent's identity (at most 121 characters) and a count, or `customer`. */
export const LABEL = /^[A-Za-z0-9_]{1,121}(-[0-9]{1,6})?$/;
/** Any short line of text. */
// oxlint-disable-next-line no-control-regex
export const LINE = /^[^\u0000-\u001f\u007f]{1,256}$/;
const DATE = /^[A-Za-z0-9 ,:+-]{10,40}$/;

/**
 * `at`: when the server received the event, by its clock. `stamp`: when it happened, by Twilio's clock (`Timestamp`, RFC 2822).
 * @throws AppError usage for an invalid date
 */
export function timesOf(form: Form, now: Time): { at: Time; stamp?: Time } {
  const text = form.optional("Timestamp", DATE);
  if (text === undefined) return { at: now };
  const stamp = Date.parse(text);
  if (Number.isNaN(stamp)) throw new AppError("usage", "The field Timestamp is not a date.");
  return { at: now, stamp };
}

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

/** The signed parts of a request. */
export interface SignedRequest {
  /** Path and query exactly as received. */
  path: string;
  /** The `X-Twilio-Signature` header. */
  signature: string | undefined;
  fields: RawForm;
}

/**
 * True for a request that Twilio signed with our token for the URL that we gave it
 * (www.twilio.com/docs/usage/webhooks/webhooks-security). The Host header plays no part in it.
 */
export type VerifyWebhook = (request: SignedRequest) => boolean;

/** In constant time. */
function isEqual(a: string, b: string): boolean {
  const [bytes, others] = [Buffer.from(a), Buffer.from(b)];
  return bytes.length === others.length && timingSafeEqual(bytes, others);
}

/**
 * Checks signatures alone. The URL exactly as we gave it to Twilio comes first; Twilio's own check also tries the other
 * ways of writing it (with and without the port, escaped).
 * @param authTokens the primary, and during a rotation the secondary
 * @param publicUrls as given to Twilio, without a trailing slash, the one that most requests are signed for first
 * @throws AppError config without a token: signatures made with an empty key would be accepted
 */
export function createVerifySignature(
  authTokens: readonly string[],
  publicUrls: () => readonly string[],
): VerifyWebhook {
  if (authTokens.length === 0 || authTokens.includes(""))
    throw new AppError("config", "Twilio's signatures cannot be checked without an auth token.", {
      hint: "Set TWILIO_AUTH_TOKEN.",
    });
  return ({ path, signature, fields }) => {
    if (signature === undefined || !path.startsWith("/")) return false;
    const tried = authTokens.flatMap((token) => publicUrls().map((url) => [token, url + path] as const));
    return (
      tried.some(([token, url]) => isEqual(signature, getExpectedTwilioSignature(token, url, fields))) ||
      tried.some(([token, url]) => validateRequest(token, signature, url, fields))
    );
  };
}

/** Checks that a webhook is signed and is about our own account. @throws AppError config without a token */
export function createVerifyWebhook(settings: {
  authToken: string;
  /** Empty: none. */
  authTokenSecondary?: string;
  accountSid: string;
  publicUrls: () => readonly string[];
}): VerifyWebhook {
  const { authToken, authTokenSecondary = "", publicUrls } = settings;
  const authTokens = authTokenSecondary === "" ? [authToken] : [authToken, authTokenSecondary];
  const isSigned = createVerifySignature(authTokens, publicUrls);
  return (request) => request.fields.AccountSid === settings.accountSid && isSigned(request);
}

/**
 * The signature that Twilio would send with a POST (www.twilio.com/docs/usage/webhooks/webhooks-security).
 * @param url as given to Twilio, with its query
 */
export function signWebhook(
  authToken: string,
  url: string,
  fields: Readonly<Record<string, string>>,
): string {
  return getExpectedTwilioSignature(authToken, url, { ...fields });
}
