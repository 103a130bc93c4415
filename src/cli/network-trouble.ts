import { systemCode } from "../errors.ts";

/** Why a request got no answer. */
export type TroubleKind =
  | "late"
  | "refused"
  | "no-such-host"
  | "no-name-server"
  | "host-unreachable"
  | "network-unreachable"
  | "untrusted"
  | "broken"
  | "other";

export interface NetworkTrouble {
  kind: TroubleKind;
  /** The same, as the end of a sentence. */
  words: string;
}

/** By the codes of node and its fetch. */
const KINDS: Record<string, TroubleKind> = {
  ECONNREFUSED: "refused",
  ENOTFOUND: "no-such-host",
  EAI_AGAIN: "no-name-server",
  EHOSTUNREACH: "host-unreachable",
  ENETUNREACH: "network-unreachable",
  ECONNRESET: "broken",
  EPIPE: "broken",
  UND_ERR_SOCKET: "broken",
};

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|SSL|EPROTO/;

const WORDS: Record<Exclude<TroubleKind, "other">, string> = {
  late: "it does not answer",
  refused: "nothing listens there",
  "no-such-host": "there is no such host",
  "no-name-server": "the host's name could not be looked up",
  "host-unreachable": "the host cannot be reached",
  "network-unreachable": "the network cannot be reached",
  untrusted: "its certificate cannot be trusted",
  broken: "the connection broke",
};

function kindOf(thrown: unknown): TroubleKind {
  if (thrown instanceof Error && thrown.name === "TimeoutError") return "late";
  const code = systemCode(thrown) ?? "";
  return KINDS[code] ?? (CERTIFICATE.test(code) ? "untrusted" : "other");
}

/** What is at the bottom of an error: fetch itself only says that it failed. */
function innermost(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause === undefined ? thrown.message : innermost(thrown.cause);
}

/** What the error of a `fetch` that got no answer means. */
export function networkTrouble(thrown: unknown): NetworkTrouble {
  const kind = kindOf(thrown);
  return { kind, words: kind === "other" ? innermost(thrown) : WORDS[kind] };
}
