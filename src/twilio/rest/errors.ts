import { AppError, type ErrorCategory } from "../../errors.ts";

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

/** Converts an error of the REST client. `explainUnanswered` has converted those without a response. */
export function toTwilioError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isRestFailure(thrown)) return fromRest(thrown);
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError("twilio", `Twilio's answer could not be read: ${reason}`, { hint: TRY_AGAIN });
}
