const CODES = {
  /** The token's times do not fit Twilio's clock. */
  clock: [20104, 20105, 31205, 31207],
  signature: [20107, 31202],
  /** The token's key, account, region or grants. */
  token: [20101, 20102, 20103, 20106, 20151, 31102, 31105, 31201, 31203, 31204],
  /** Twilio answered with an error. The Voice SDK reports every code that it does not know, such as 51007, as 53000. */
  unexplained: [53000],
} as const satisfies Record<string, readonly number[]>;

/** Why Twilio does not register a page. */
export type RefusalCause = keyof typeof CODES;

/**
 * The cause of an error code of Twilio's signalling (www.twilio.com/docs/api/errors/CODE). Undefined for every other error: a
 * lost connection (31005, 31009, 53001), a rate limit (31206), the microphone, media.
 */
export function refusalCauseOf(code: number): RefusalCause | undefined {
  const causes = Object.entries<readonly number[]>(CODES) as [RefusalCause, readonly number[]][];
  return causes.find(([, codes]) => codes.includes(code))?.[0];
}
