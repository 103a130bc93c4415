import { AppError, type ErrorCategory } from "../../errors.ts";

interface Sentence {
  category: ErrorCategory;
  /** What comes after the address. */
  text: string;
  hint: string;
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|SSL|EPROTO/;

const NETWORK: Record<string, Sentence> = {
  ENOTFOUND: {
    category: "network",
    text: "cannot be found: there is no such host.",
    hint: "Check the name, and whether its DNS entry has arrived.",
  },
  EAI_AGAIN: {
    category: "network",
    text: "cannot be found: no name server answers.",
    hint: "Check this machine's network.",
  },
  ECONNREFUSED: {
    category: "network",
    text: "cannot be reached: nothing listens there.",
    hint: "Start what brings that address to this machine.",
  },
};

const UNREACHABLE: Sentence = {
  category: "network",
  text: "cannot be reached: the connection broke.",
  hint: "Check what brings that address to this machine.",
};

const UNTRUSTED: Sentence = {
  category: "network",
  text: "has no certificate that can be trusted; Twilio would refuse it too.",
  hint: "Give that host a certificate of a public authority.",
};

const SLOW: Sentence = {
  category: "timeout",
  text: "does not answer.",
  hint: "Check that what brings that address to this machine leads to this server's port.",
};

function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "";
  if ("code" in thrown && typeof thrown.code === "string") return thrown.code;
  return codeOf(thrown.cause);
}

function sentenceFor(thrown: unknown): Sentence {
  if (thrown instanceof Error && thrown.name === "TimeoutError") return SLOW;
  const code = codeOf(thrown);
  return NETWORK[code] ?? (CERTIFICATE.test(code) ? UNTRUSTED : UNREACHABLE);
}

/** Why a request did not come through. @param host of the public URL */
export function unreachable(host: string, thrown: unknown): AppError {
  const { category, text, hint } = sentenceFor(thrown);
  return new AppError(category, `${host} ${text}`, { hint, cause: thrown });
}

/** Something answers at the public URL, and it is not this process. */
export function notThisServer(host: string, port: number, what: string): AppError {
  return new AppError("conflict", `${host} does not lead to this server: ${what}.`, {
    hint: `Let it lead to port ${port} of this machine, or choose another address: --public-url.`,
  });
}
