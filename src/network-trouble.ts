import { systemCode } from "./errors.ts";

/** Why a request got no response. */
export type TroubleKind =
  | "late"
  | "refused"
  | "no-such-host"
  | "no-name-server"
  | "host-unreachable"
  | "network-unreachable"
  | "untrusted"
  | "no-tls"
  | "no-http"
  | "broken"
  | "other";

export interface NetworkTrouble {
  kind: TroubleKind;
  /** Completes a sentence: `HOST cannot be reached: WORDS.` */
  words: string;
}

type Meaning = [code: RegExp, kind: TroubleKind, words: string];

/**
 * Error codes of Node, its fetch, axios and OpenSSL; the first match wins. For the codes of refused certificates see
 * https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error.
 */
const MEANINGS: readonly Meaning[] = [
  [/^(ETIMEDOUT|ESOCKETTIMEDOUT|ECONNABORTED)$|TIMEOUT/, "late", "it does not answer"],
  [/^ECONNREFUSED$/, "refused", "the connection was refused"],
  [/^ENOTFOUND$/, "no-such-host", "the host name does not exist"],
  [/^EAI_/, "no-name-server", "the host name could not be looked up"],
  [/^EHOST/, "host-unreachable", "the host is unreachable"],
  [/^ENET/, "network-unreachable", "the network is unreachable"],
  [/^CERT_HAS_EXPIRED$/, "untrusted", "its certificate has expired"],
  [/^CERT_NOT_YET_VALID$/, "untrusted", "its certificate is not valid yet"],
  [/ALTNAME|^HOSTNAME_MISMATCH$/, "untrusted", "its certificate is for another host"],
  [
    /CERT|SELF_SIGNED|^UNABLE_TO_|CRL|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH|_TOO_(WEAK|SMALL)$/,
    "untrusted",
    "its certificate is not trusted",
  ],
  [/^EPROTO$|SSL/, "no-tls", "the TLS handshake failed; the port may be for plain HTTP"],
  [/^HPE_/, "no-http", "it does not answer in HTTP"],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET|ERR_STREAM_PREMATURE_CLOSE)$/, "broken", "the connection broke"],
];

/** The innermost cause of an error: `fetch` itself only reports that it failed. */
function innermost(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause === undefined ? thrown.message : innermost(thrown.cause);
}

/** Explains the error of a request that got no response. */
export function networkTrouble(thrown: unknown): NetworkTrouble {
  const isLate = thrown instanceof Error && thrown.name === "TimeoutError";
  const code = isLate ? "ETIMEDOUT" : (systemCode(thrown) ?? "");
  const [, kind, words] = MEANINGS.find(([shape]) => shape.test(code)) ?? [];
  if (kind === undefined || words === undefined) return { kind: "other", words: innermost(thrown) };
  return { kind, words: kind === "untrusted" ? `${words} (${code})` : words };
}
