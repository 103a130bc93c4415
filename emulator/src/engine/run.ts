import type { Verb } from "../twiml/verbs.ts";
import type { HttpMethod } from "../types.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import type { Core } from "./core.ts";
import type { Leg } from "./leg.ts";

/** A document to be fetched. */
export interface DocumentRequest {
  kind: Delivery["kind"];
  /** Absolute. */
  url: string;
  method: HttpMethod;
  params: Record<string, string>;
}

/** TwiML that runs at one leg: its own, or music while it waits. */
export interface Run {
  readonly core: Core;
  readonly leg: Leg;
  readonly signal: AbortSignal;
  /** The document that runs now; null if its text came from REST. */
  documentUrl: string | null;
}

/** The next step after a verb. */
export type Step = { kind: "next" } | { kind: "hang-up" } | { kind: "document"; request: DocumentRequest };

export const NEXT: Step = { kind: "next" };
export const HANG_UP: Step = { kind: "hang-up" };

export type VerbRunner = (run: Run, verb: Verb) => Promise<Step>;

/** What follows from the progress of a `<Dial>`. */
export interface DialListener {
  /** Both sides talk now. */
  readonly connected: () => void;
  /** The call has ended or has other TwiML now. @param result the fields of the action's request */
  readonly stopped: (result: Record<string, string>) => void;
}

/** A document could not be run, with Twilio's error code; the call's fallback may help. */
export class DocumentError extends Error {
  readonly code: number;
  readonly url: string | null;
  constructor(code: number, message: string, url: string | null) {
    super(message);
    this.code = code;
    this.url = url;
  }
}

/**
 * An address of the document made absolute; empty means the document itself.
 * @throws DocumentError 15004 for a relative address in TwiML that has none of its own
 */
export function resolveUrl(run: Run, url: string): string {
  const base = run.documentUrl?.replace(/#.*$/s, "");
  if (base === undefined) {
    if (/^https?:\/\//i.test(url)) return url;
    throw new DocumentError(15004, `'${url}' must be an absolute address in TwiML given by REST`, null);
  }
  if (url === "") return run.documentUrl ?? base;
  if (!URL.canParse(url, base)) throw new DocumentError(11100, `'${url}' is not an address`, base);
  // An absolute address stays as it was written: it is what gets signed.
  return /^https?:\/\//i.test(url) ? url : new URL(url, base).href;
}

/** Waits on the emulator's clock; rejects as soon as the run is stopped. Infinity: until then. */
export function wait(run: Run, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      timer?.cancel();
      reject(run.signal.reason as Error);
    };
    if (run.signal.aborted) {
      reject(run.signal.reason as Error);
      return;
    }
    const timer = Number.isFinite(ms)
      ? run.core.clock.after(ms, () => {
          run.signal.removeEventListener("abort", stop);
          resolve();
        })
      : null;
    run.signal.addEventListener("abort", stop, { once: true });
  });
}
