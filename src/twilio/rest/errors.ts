import { AppError, type ErrorCategory } from "../../errors.ts";
import { isLoopback } from "../../loopback.ts";
import { type TroubleKind, networkTrouble } from "../../network-trouble.ts";

/** Resource not found; call not in progress. Both mean success when something should end. */
const GONE = new Set([20404, 21220]);

const HINTS: Record<number, string> = {
  20003:
    "Check the account SID, the API key and its secret. All three must belong to one account, and one region.",
  20404: "Check the account SID, and that the call or conference still exists.",
  21210: "Dial from a number that this account owns (TWILIO_NUMBER).",
  21211: "Write the number in E.164, as in +15550001111.",
  21215: "Allow that country in the account's geographic permissions at https://console.twilio.com.",
  21219: "A trial account may call verified numbers only: verify the number, or upgrade the account.",
};

const TRY_AGAIN = "Wait a moment and try again. Twilio reports outages at https://status.twilio.com.";

/** The library's error for an error response. `code` is Twilio's, if the response has one. */
interface RestFailure extends Error {
  status: number;
  code?: number;
}

const isRestFailure = (thrown: unknown): thrown is RestFailure =>
  thrown instanceof Error && typeof (thrown as Partial<RestFailure>).status === "number";

/** True when Twilio says that the resource to change or end no longer exists. */
export function isGone(thrown: unknown): boolean {
  return isRestFailure(thrown) && GONE.has(thrown.code ?? 0);
}

/** www.twilio.com/docs/usage/twilios-response */
function categoryOf(status: number): ErrorCategory {
  if (status === 401 || status === 403) return "auth";
  if (status === 404) return "not-found";
  return status >= 500 ? "network" : "twilio";
}

function hintFor({ code = 0, status }: RestFailure): string | undefined {
  return HINTS[code] ?? (status === 429 || status >= 500 ? TRY_AGAIN : undefined);
}

function fromRest(error: RestFailure): AppError {
  const { code, status } = error;
  const said = error.message || "no reason given";
  const details = code === undefined ? {} : { docs: `https://www.twilio.com/docs/api/errors/${code}` };
  const hint = hintFor(error);
  return new AppError(
    categoryOf(status),
    code === undefined ? `Twilio answered ${status}: ${said}` : `Twilio refused (${code}): ${said}`,
    { ...details, ...(hint === undefined ? {} : { hint }), cause: error },
  );
}

/** Converts an error of the REST client. `connectTwilio` has converted those without a response. */
export function toTwilioError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isRestFailure(thrown)) return fromRest(thrown);
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError("twilio", `Twilio's answer could not be read: ${reason}`, { hint: TRY_AGAIN });
}

/** Runs a request; undefined if Twilio answers that the resource does not exist. */
export async function ifThere<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (thrown) {
    if (isGone(thrown)) return undefined;
    throw thrown;
  }
}

const NETWORK_HINTS: Partial<Record<TroubleKind, string>> = {
  untrusted:
    "If a proxy in your network inspects TLS, set NODE_EXTRA_CA_CERTS to the file with its certificate.",
  "no-tls": "Check HTTP_PROXY, and whether a proxy or firewall in your network answers in Twilio's place.",
};
const CONNECTION =
  "Check this machine's internet connection and its proxy (HTTP_PROXY), then https://status.twilio.com.";
const START_LOCAL =
  "Start the local Twilio: warm-transfer emulator. To use Twilio itself, unset TWILIO_API_BASE_URL.";

/** Why a request got no response. Drops the request, which has credentials, from the error's cause. */
export function unanswered(url: URL, thrown: unknown): AppError {
  const { kind, words } = networkTrouble(thrown);
  const [who, hint] = isLoopback(url.hostname)
    ? [`The local Twilio at ${url.origin}`, START_LOCAL]
    : [`Twilio (${url.host})`, CONNECTION];
  if (kind === "late")
    return new AppError("timeout", `${who} did not answer in time; the request may have been carried out.`, {
      hint,
    });
  return new AppError("network", `${who} cannot be reached: ${words}.`, {
    hint: NETWORK_HINTS[kind] ?? hint,
  });
}

/** The client parses JSON, and every response of this API is JSON. */
export function notTwilio({ host }: URL, status: number): AppError {
  return new AppError("network", `${host} answered with HTTP ${status} and a page that is not Twilio's.`, {
    hint: "Check whether a proxy, firewall or sign-in page in your network answers in Twilio's place.",
  });
}

const WAIT_LONGER = "Try again, wait longer (--timeout 30s), or see https://status.twilio.com.";

/**
 * Runs a request with the auth token and converts its errors.
 * @param hint for refused credentials
 */
export async function requestWithHint<T>(request: () => Promise<T>, hint?: string): Promise<T> {
  try {
    return await request();
  } catch (thrown) {
    const error = toTwilioError(thrown);
    const { category, message, docs, cause } = error;
    const better: Partial<Record<typeof category, string | undefined>> = { auth: hint, timeout: WAIT_LONGER };
    if (better[category] === undefined) throw error;
    throw new AppError(category, message, {
      hint: better[category],
      cause,
      ...(docs === undefined ? {} : { docs }),
    });
  }
}
