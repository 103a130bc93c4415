import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fields } from "./operation.ts";

/** A request of the app to REST, with its answer. No headers, so no credentials. */
export interface RestRequest {
  readonly id: number;
  readonly method: string;
  /** Without its query, whose fields are among the parameters. */
  readonly path: string;
  /** Twilio's name for it; null for a request that was not recognised. */
  operation: string | null;
  parameters: Readonly<Record<string, string | readonly string[]>>;
  /** The call that it names or made. */
  callSid: string | null;
  conferenceSid: string | null;
  /** Real milliseconds until the answer was sent; null while under way. */
  durationMs: number | null;
  /** HTTP status; null: no answer. */
  status: number | null;
  /** The answer as JSON, cut at 8 kB; null for API keys, whose secret it may hold. */
  body: string | null;
}

/** The requests to REST, of which the oldest make room. */
export interface RequestLog {
  /** Oldest first. */
  readonly requests: readonly RestRequest[];
  /** Begins an entry, which ends with the response. */
  open(req: IncomingMessage, res: ServerResponse): OpenRequest;
}

export interface OpenRequest {
  /** The request was recognised. */
  recognised(operation: string, fields: Fields): void;
  /** It has this answer, or this error, unless a fault spoils it. */
  answered(body: unknown): void;
}

const KEPT = 1_000;
const KEPT_CHARACTERS = 4_000_000;
const LONGEST_VALUE = 4_096;
const LONGEST_BODY = 8_192;
const MOST_PARAMETERS = 100;

const shortened = (fields: Fields): RestRequest["parameters"] =>
  Object.fromEntries(
    [...fields].slice(0, MOST_PARAMETERS).map(([name, values]) => {
      const cut = values.map((value) => value.slice(0, LONGEST_VALUE));
      return [
        name.slice(0, LONGEST_VALUE),
        cut.length === 1 ? (cut[0] ?? "") : cut.slice(0, MOST_PARAMETERS),
      ];
    }),
  );

const sizeOf = ({ parameters, body }: RestRequest): number =>
  JSON.stringify(parameters).length + (body?.length ?? 0);

/** The SID of a call or conference, from the path or else from the answer. */
function sidOf(kind: "CA" | "CF", path: string, body: unknown): string | null {
  const inPath = new RegExp(`/(${kind}[0-9a-f]{32})\\b`).exec(path)?.[1];
  if (inPath !== undefined || typeof body !== "object" || body === null) return inPath ?? null;
  const { sid, call_sid, conference_sid } = body as Record<string, unknown>;
  const found = [sid, kind === "CA" ? call_sid : conference_sid].find((one) => String(one).startsWith(kind));
  return typeof found === "string" ? found : null;
}

/** @param onChange told when a request came, and when it was answered */
export function createRequestLog(
  onChange: (kind: "request" | "request-answer", id: number) => void,
): RequestLog {
  const requests: RestRequest[] = [];
  let characters = 0;
  let lastId = 0;
  const makeRoom = (): void => {
    while (requests.length > KEPT || (characters > KEPT_CHARACTERS && requests.length > 1)) {
      const oldest = requests.shift();
      if (oldest) characters -= sizeOf(oldest);
    }
  };
  const grow = (request: RestRequest, change: () => void): void => {
    const before = sizeOf(request);
    change();
    if (!requests.includes(request)) return;
    characters += sizeOf(request) - before;
    makeRoom();
  };
  const close = (request: RestRequest, res: ServerResponse, began: number): void => {
    if (request.durationMs !== null) return;
    request.durationMs = Math.round(performance.now() - began);
    request.status = res.writableEnded && !res.errored ? res.statusCode : null;
    if (request.status === null) request.body = null;
    onChange("request-answer", request.id);
  };
  return {
    requests,
    open(req, res) {
      const [path = "/"] = (req.url ?? "/").split("?");
      const [method, began] = [req.method ?? "GET", performance.now()];
      const nothing = { operation: null, parameters: {}, callSid: null, conferenceSid: null };
      const unanswered = { durationMs: null, status: null, body: null };
      const request: RestRequest = {
        id: ++lastId,
        method,
        path: path.slice(0, 1_000),
        ...nothing,
        ...unanswered,
      };
      requests.push(request);
      characters += sizeOf(request);
      makeRoom();
      onChange("request", request.id);
      for (const event of ["finish", "close"]) res.once(event, () => close(request, res, began));
      return {
        recognised(operation, fields) {
          grow(request, () => Object.assign(request, { operation, parameters: shortened(fields) }));
        },
        answered(body) {
          request.callSid = sidOf("CA", path, body);
          request.conferenceSid = sidOf("CF", path, body);
          if (/\/Keys(\/|\.|$)/.test(request.path) || body === undefined) return;
          grow(request, () => (request.body = JSON.stringify(body).slice(0, LONGEST_BODY)));
        },
      };
    },
  };
}
