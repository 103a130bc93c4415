import { AppError, type ErrorCategory } from "../../errors.ts";
import type { ErrorAnswer } from "../../server/control-api.ts";
import { API_VERSION, API_VERSION_HEADER } from "../../version.ts";

const CATEGORIES: readonly string[] = [
  "usage",
  "config",
  "not-found",
  "conflict",
  "auth",
  "network",
  "timeout",
  "twilio",
  "internal",
] satisfies ErrorCategory[];

export function notOurServer(url: string, what: string): AppError {
  return new AppError("network", `The program at ${url} is not a warm-transfer server: ${what}.`, {
    hint: "Check the URL: --server URL",
  });
}

/** @throws AppError conflict if the server has another version of the control API; network if it is another program */
export function assertVersion(url: string, headers: Headers): void {
  const text = headers.get(API_VERSION_HEADER);
  if (text === null) throw notOurServer(url, "its answers have no version header");
  const version = Number(text);
  if (version === API_VERSION) return;
  const [older, hint] =
    version > API_VERSION
      ? ["this program is the older one", "Update this program."]
      : ["the server is the older one", "Update and restart the server."];
  throw new AppError(
    "conflict",
    `The server has version ${text} of the control API, this program version ${API_VERSION}: ${older}.`,
    { hint },
  );
}

function tooMany(url: string, headers: Headers): AppError {
  const seconds = Number(headers.get("retry-after") ?? 60);
  return new AppError("auth", `${url} blocked this address: too many wrong tokens.`, {
    hint: `Wait ${seconds} s, then retry with the server's OPERATOR_TOKEN.`,
  });
}

/** Redirects are refused, because the token would go along. */
export function assertNoRedirection(url: string, { status, headers }: Response): void {
  if (status < 300 || status > 399) return;
  const target = headers.get("location") ?? "";
  const origin = URL.canParse(target, url) ? new URL(target, url).origin : "somewhere else";
  throw new AppError("network", `${url} redirects to ${origin}; the token was not sent there.`, {
    hint: `If that is the server, pass --server ${origin}`,
  });
}

/** Converts an error response of the server to an AppError. */
export function refusal(url: string, { status, headers }: Response, answer: ErrorAnswer): AppError {
  const { category, code, message, hint } = answer.error;
  if (code === "too-many-tries") return tooMany(url, headers);
  if (status === 401)
    return new AppError("auth", `The server at ${url} rejected the operator token.`, {
      hint: "Set OPERATOR_TOKEN in the environment or .env to the server's value.",
    });
  const known = CATEGORIES.includes(category) ? (category as ErrorCategory) : "internal";
  return new AppError(known, message, hint === null ? {} : { hint });
}
