import RequestClient from "twilio/lib/base/RequestClient.js";
import Twilio from "twilio/lib/rest/Twilio.js";
import type { TwilioSettings } from "../settings.ts";
import { localOrigin } from "./loopback.ts";

const TIMEOUT_MS = 10_000;

/** Sends every request to `origin` in place of the host that the library chose; path and query stay. */
function redirected(client: RequestClient, origin: string): RequestClient {
  const send = client.request.bind(client);
  client.request = (options) => {
    const { pathname, search } = new URL(options.uri);
    return send({ ...options, uri: `${origin}${pathname}${search}` });
  };
  return client;
}

/**
 * The official REST client, authenticated with the API key: it survives a change of the auth token.
 * Refusals with 429 were never processed and are tried again (www.twilio.com/docs/api/errors/20429).
 * @throws AppError config when `apiBaseUrl` is not on loopback
 */
export function createRestClient(settings: TwilioSettings): Twilio {
  const plain = new RequestClient({ timeout: TIMEOUT_MS, autoRetry: true });
  const httpClient =
    settings.apiBaseUrl === null ? plain : redirected(plain, localOrigin(settings.apiBaseUrl));
  const client = new Twilio(settings.apiKey, settings.apiSecret, {
    accountSid: settings.accountSid,
    httpClient,
  });
  // The library loads a resource when it is first asked for: now, rather than while the first customer waits.
  void [client.calls, client.conferences];
  return client;
}
