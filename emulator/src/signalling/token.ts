import { type JWTPayload, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from "jose";
import { type SignallingError, signallingErrors } from "./errors.ts";

/** The grants of a verified access token. */
export interface Session {
  readonly identity: string;
  /** Calls may come in. */
  readonly mayReceive: boolean;
  /** The application that outgoing calls are for; null: none may be made. */
  readonly applicationSid: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Whose access tokens are accepted. */
export interface TokenIssuers {
  /** `AC…` */
  readonly accountSid: string;
  /** The secret of an API key of the account, by its SID. */
  readonly secretOf: (apiKey: string) => string | undefined;
}

export type TokenCheck = { session: Session } | { error: SignallingError };

interface VoiceGrant {
  incoming?: { allow?: boolean };
  outgoing?: { application_sid?: string };
}

interface Claims extends JWTPayload {
  grants?: { identity?: unknown; voice?: VoiceGrant };
}

const CONTENT_TYPE = "twilio-fpa;v=1";
const DEFAULT_REGION = "us1";
/**
 * Each region has keys of its own: a token's `twr` must be the region of the edge that the SDK connects to.
 * www.twilio.com/docs/global-infrastructure/use-the-programmable-voice-javascript-sdk-with-a-non-us-twilio-region
 */
const REGIONS: Readonly<Record<string, string>> = { dublin: "ie1", sydney: "au1" };
const LONGEST_S = 24 * 60 * 60;
/** As Twilio takes them; it documents letters, digits and underscores alone (www.twilio.com/docs/voice/sdks/javascript/twiliodevice). */
const IDENTITY = /^[^\s:?]{0,121}$/;

const invalid = (why: string): TokenCheck => ({
  error: { code: signallingErrors.token.code, message: `${signallingErrors.token.message}: ${why}` },
});

/** The secret of the token's signature, or the reason why there is none. */
function secretFor(
  token: string,
  { secretOf, accountSid }: TokenIssuers,
  region: string,
): { secret: string } | { why: string } {
  try {
    const { alg, cty, twr = DEFAULT_REGION } = decodeProtectedHeader(token);
    const { iss, sub, scope } = decodeJwt(token);
    if (typeof scope === "string" && scope.startsWith("scope:"))
      return {
        why: "it is a capability token, for version 1 of the browser SDK: use version 2 and an access token",
      };
    if (alg !== "HS256" || cty !== CONTENT_TYPE)
      return { why: `its header is not {alg: HS256, cty: ${CONTENT_TYPE}}` };
    if (twr !== region) return { why: `it is for the region ${String(twr)}, and this edge is in ${region}` };
    const secret = iss === undefined ? undefined : secretOf(iss);
    if (secret === undefined) return { why: "its issuer is not an API key of this account" };
    return sub === accountSid ? { secret } : { why: "its subject is not this account's SID" };
  } catch {
    return { why: "it is not a JSON web token" };
  }
}

function failureOf(thrown: unknown): TokenCheck {
  if (thrown instanceof errors.JWTExpired) return { error: signallingErrors.expired };
  if (thrown instanceof errors.JWSSignatureVerificationFailed) return { error: signallingErrors.signature };
  if (thrown instanceof errors.JWTClaimValidationFailed) return invalid(thrown.message);
  throw thrown;
}

function sessionOf({ exp, iat, grants }: Claims, nowMs: number): TokenCheck {
  if (exp === undefined) return invalid("it never expires");
  if (exp - (iat ?? nowMs / 1000) > LONGEST_S) return { error: signallingErrors.tooLong };
  const voice = grants?.voice;
  if (!voice) return invalid("it has no voice grant");
  const { identity = "" } = grants;
  if (typeof identity !== "string" || !IDENTITY.test(identity)) return { error: signallingErrors.clientName };
  return {
    session: {
      identity,
      mayReceive: voice.incoming?.allow === true,
      applicationSid: voice.outgoing?.application_sid ?? null,
      expiresAt: exp * 1000,
    },
  };
}

/**
 * Checks an access token as Twilio does (www.twilio.com/docs/iam/access-tokens): signed with the API key's secret, for
 * this account and region, in force at `nowMs`, for 24 hours at most, with a voice grant and a proper identity.
 */
export async function checkToken(
  token: string,
  issuers: TokenIssuers,
  { nowMs, edge }: { nowMs: number; edge: string },
): Promise<TokenCheck> {
  const found = secretFor(token, issuers, REGIONS[edge] ?? DEFAULT_REGION);
  if ("why" in found) return invalid(found.why);
  const secret = new TextEncoder().encode(found.secret);
  try {
    const { payload } = await jwtVerify<Claims>(token, secret, {
      algorithms: ["HS256"],
      currentDate: new Date(nowMs),
    });
    return sessionOf(payload, nowMs);
  } catch (thrown) {
    return failureOf(thrown);
  }
}
