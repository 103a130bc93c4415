import { AppError, type ErrorCategory } from "../../errors.ts";

/** Resource not found; a call that is no longer in progress. For something that was to go away, both are a success. */
const GONE = new Set([20404, 21220]);

const NETWORK = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "EPIPE", "EHOSTUNREACH"]);
const TIMEOUT = new Set(["ECONNABORTED", "ETIMEDOUT"]);

const HINTS: Record<number, string> = {
  20003: "Check the account SID, the API key and its secret: they must belong to the same account.",
  20404: "Check the account SID, and that the call or conference still exists.",
  21210: "Dial from a number that this account owns (TWILIO_NUMBER).",
  21211: "Write the number in E.164: +, the country's code and the number, digits only.",
  21215: "Allow the country in the account's geographic permissions.",
  21219: "Trial accounts may only call verified numbers: verify it or upgrade the account.",
};

const TRY_AGAIN = "Wait a moment and try again; https://status.twilio.com tells when Twilio has trouble.";
const NO_ANSWER = "Check this machine's internet connection, then https://status.twilio.com.";

/** What the library throws for an answer that is not a success; `code` is Twilio's, if the answer had one. */
interface RestFailure extends Error {
  status: number;
  code?: number;
}

const isRestFailure = (thrown: unknown): thrown is RestFailure =>
  thrown instanceof Error && typeof (thrown as Partial<RestFailure>).status === "number";

/** True when Twilio says that what was to be ended or changed is no longer there. */
export function isGone(thrown: unknown): boolean {
  return isRestFailure(thrown) && GONE.has(thrown.code ?? 0);
}

/** What a status means (www.twilio.com/docs/usage/twilios-response): 401 credentials, 404 absent, 429 and 5xx later. */
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

/** Whatever the REST client threw, as an AppError. The request (with its credentials) is not kept. */
export function toTwilioError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isRestFailure(thrown)) return fromRest(thrown);
  const code = (thrown as { code?: unknown } | null)?.code;
  if (typeof code === "string" && TIMEOUT.has(code))
    return new AppError("timeout", "Twilio did not answer in time; the request may have been carried out.", {
      hint: NO_ANSWER,
    });
  if (typeof code === "string" && NETWORK.has(code))
    return new AppError("network", `Twilio cannot be reached (${code}).`, {
      hint: NO_ANSWER,
    });
  return new AppError("twilio", "Twilio's answer was not understood.");
}
