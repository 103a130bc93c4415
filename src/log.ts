const PHONE_NUMBER = /\+\d{6,15}/g;

/**
 * A phone number as it may stand in a log: the country's first digits and the last two.
 * Anything that is not an E.164 number (`client:agent1`, `anonymous`) is returned as it is.
 */
export function maskNumber(number: string): string {
  return /^\+\d{6,15}$/.test(number) ? `${number.slice(0, 4)}…${number.slice(-2)}` : number;
}

/** Masks every E.164 number inside a text. */
export function maskNumbers(text: string): string {
  return text.replace(PHONE_NUMBER, maskNumber);
}

/** Writes an error to a log; secrets and whole numbers do not get into it. */
export type ErrorLog = (error: Loggable) => void;

interface Loggable {
  category: string;
  message: string;
  hint: string | undefined;
  docs: string | undefined;
  stack?: string | undefined;
}

/** A log of JSON lines on standard error, warnings and worse. The stack is kept only for what we did not foresee. */
export async function createErrorLog(): Promise<ErrorLog> {
  const { pino } = await import("pino");
  const log = pino({ level: "warn" }, pino.destination(2));
  return (error) => {
    const stack = error.category === "internal" ? maskNumbers(error.stack ?? "") : undefined;
    const { category, hint, docs } = error;
    log.warn({ category, hint, docs, stack }, maskNumbers(error.message));
  };
}
