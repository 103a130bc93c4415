import RequestClient from "twilio/lib/base/RequestClient.js";
import Twilio from "twilio/lib/rest/Twilio.js";
import { AppError } from "../../errors.ts";
import { isLoopback } from "../../loopback.ts";
import { explainUnanswered } from "./errors.ts";
import { type RestRequest, type ServerTime, watchRequests, watchServerTime } from "./watch-requests.ts";

/**
 * The origin of a local Twilio.
 * @throws AppError config unless it is `http(s)://` on loopback: credentials go only to Twilio or this machine
 */
export function localOrigin(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url && /^https?:$/.test(url.protocol) && isLoopback(url.hostname) && !url.username && !url.password)
    return url.origin;
  throw new AppError("config", "The Twilio API base URL does not point at this machine.", {
    hint: "Use http://127.0.0.1:PORT of a running `warm-transfer emulator`, or leave TWILIO_API_BASE_URL unset.",
  });
}

const TIMEOUT_MS = 10_000;

/** Sends every request to `origin` instead of the library's host, with the same path and query. */
function redirected(client: RequestClient, origin: string): RequestClient {
  const send = client.request.bind(client);
  client.request = (options) => {
    const { pathname, search } = new URL(options.uri);
    return send({ ...options, uri: `${origin}${pathname}${search}` });
  };
  return client;
}

export interface RestCredentials {
  /** An account's SID, or an API key's. */
  user: string;
  /** The auth token, or the key's secret. */
  password: string;
  /** `AC…` */
  accountSid: string;
  /** A local Twilio, on loopback. Null: api.twilio.com. */
  apiBaseUrl: string | null;
  /** For each request, in milliseconds. Default: 10,000. */
  timeoutMs?: number | undefined;
  /** Such as `ie1` and `dublin`. Null: Twilio's defaults. */
  region?: string | null | undefined;
  edge?: string | null | undefined;
  /** Called after each request. */
  onRequest?: ((request: RestRequest) => void) | undefined;
  /** Called with the time in each response. */
  onServerTime?: ((time: ServerTime) => void) | undefined;
}

/**
 * The official REST client. Repeats requests after 429, because Twilio did not process them
 * (www.twilio.com/docs/api/errors/20429).
 * @throws AppError config when `apiBaseUrl` is not on loopback
 */
export function connectTwilio(credentials: RestCredentials): Twilio {
  const {
    user,
    password,
    accountSid,
    apiBaseUrl,
    timeoutMs = TIMEOUT_MS,
    onRequest,
    onServerTime,
  } = credentials;
  const plain = new RequestClient({ timeout: timeoutMs, autoRetry: true });
  const origin = apiBaseUrl === null ? null : localOrigin(apiBaseUrl);
  const client = origin === null ? plain : redirected(plain, origin);
  if (onServerTime) watchServerTime(client, onServerTime);
  const httpClient = explainUnanswered(onRequest ? watchRequests(client, onRequest) : client, origin);
  // Empty strings keep the library from reading TWILIO_REGION and TWILIO_EDGE from the environment.
  const place = { region: credentials.region ?? "", edge: credentials.edge ?? "" };
  return new Twilio(user, password, { accountSid, httpClient, ...place });
}
