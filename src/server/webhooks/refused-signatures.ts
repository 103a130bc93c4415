import type { Clock } from "../../call/ports.ts";
import { AppError } from "../../errors.ts";
import type { SignedRequest } from "../../twilio/webhooks/signature.ts";
import type { ServerInfo } from "../control-api.ts";

const WINDOW_MS = 60_000;
const SUSPICIOUS = 3;
/** An operator who has read it need not read it each minute. */
const REPEAT_MS = 600_000;

/** The form of every signature of Twilio's: 20 bytes in base64. */
const SIGNATURE = /^[A-Za-z0-9+/]{27}=$/;
/** As in `sendSignedRequest`: the doctor's own request proves nothing about Twilio's. */
const DOCTORS = `CA${"0".repeat(32)}`;

/** Suspects that the auth token has been rotated at Twilio. */
export interface SignatureWatch {
  accepted(request: SignedRequest): void;
  refused(request: SignedRequest): void;
  /** Null: no suspicion since the last right signature. */
  suspicion(): ServerInfo["refusedSignatures"];
}

/** Anybody can send a wrong signature, so that it stays a suspicion. */
const suspected = (count: number): AppError =>
  new AppError(
    "auth",
    `${count} requests in a minute looked like Twilio's, but none of our auth tokens signed them.`,
    {
      hint:
        "If the auth token was rotated, calls fail now: set TWILIO_AUTH_TOKEN to the new one and restart. " +
        "If calls work, a stranger is probing the server, and you need not change anything.",
    },
  );

/**
 * Counts requests for our account whose signature has the right form and the wrong value. A right one resets the count, but not
 * the pause between reports, so that a stranger who probes a busy server cannot fill its log.
 */
export function createSignatureWatch(
  accountSid: string,
  { clock, onError }: { clock: Pick<Clock, "now" | "date">; onError: (error: AppError) => void },
): SignatureWatch {
  let refusedAt: number[] = [];
  let suspicion: ServerInfo["refusedSignatures"] = null;
  let reportedAt = -Infinity;
  return {
    accepted({ fields }) {
      if (fields.CallSid === DOCTORS) return;
      refusedAt = [];
      suspicion = null;
    },
    refused({ signature = "", fields }) {
      if (!SIGNATURE.test(signature) || fields.AccountSid !== accountSid) return;
      const at = clock.now();
      refusedAt = [...refusedAt.filter((earlier) => at - earlier < WINDOW_MS), at].slice(-SUSPICIOUS);
      if (refusedAt.length < SUSPICIOUS && !suspicion) return;
      suspicion = { count: (suspicion?.count ?? SUSPICIOUS - 1) + 1, lastAt: clock.date() };
      if (at - reportedAt < REPEAT_MS || refusedAt.length < SUSPICIOUS) return;
      reportedAt = at;
      onError(suspected(refusedAt.length));
    },
    suspicion: () => suspicion,
  };
}
