import type RequestClient from "twilio/lib/base/RequestClient.js";
import { AppError } from "../../errors.ts";
import { isLoopback } from "../../loopback.ts";
import { type TroubleKind, networkTrouble } from "../../network-trouble.ts";

const HINTS: Partial<Record<TroubleKind, string>> = {
  untrusted:
    "If a proxy in your network inspects TLS, set NODE_EXTRA_CA_CERTS to the file with its certificate.",
  "no-tls": "Check HTTP_PROXY, and whether a proxy or firewall in your network answers in Twilio's place.",
};
const CONNECTION =
  "Check this machine's internet connection and its proxy (HTTP_PROXY), then https://status.twilio.com.";
const START_LOCAL =
  "Start the local Twilio: warm-transfer emulator. To use Twilio itself, unset TWILIO_API_BASE_URL.";

/** Why a request got no response. Drops the request, which has credentials, from the error's cause. */
function unanswered(url: URL, thrown: unknown): AppError {
  const { kind, words } = networkTrouble(thrown);
  const [who, hint] = isLoopback(url.hostname)
    ? [`The local Twilio at ${url.origin}`, START_LOCAL]
    : [`Twilio (${url.host})`, CONNECTION];
  if (kind === "late")
    return new AppError("timeout", `${who} did not answer in time; the request may have been carried out.`, {
      hint,
    });
  return new AppError("network", `${who} cannot be reached: ${words}.`, { hint: HINTS[kind] ?? hint });
}

/** The client parses JSON, and every response of this API is JSON. */
function notTwilio({ host }: URL, status: number): AppError {
  return new AppError("network", `${host} answered with HTTP ${status} and a page that is not Twilio's.`, {
    hint: "Check whether a proxy, firewall or sign-in page in your network answers in Twilio's place.",
  });
}

/**
 * Turns everything but a response of Twilio into an AppError of category network or timeout.
 * @param origin of a local Twilio. Null: the real one
 */
export function explainUnanswered(client: RequestClient, origin: string | null): RequestClient {
  const send = client.request.bind(client);
  client.request = async (options) => {
    const url = new URL(origin ?? options.uri);
    const answer = await send(options).catch((thrown: unknown) => {
      throw unanswered(url, thrown);
    });
    const isText = typeof answer.body === "string" && answer.body.trim() !== "";
    const isRedirect = answer.statusCode >= 300 && answer.statusCode < 400;
    if (isText || isRedirect) throw notTwilio(url, answer.statusCode);
    return answer;
  };
  return client;
}
