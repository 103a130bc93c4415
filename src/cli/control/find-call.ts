import { AppError } from "../../errors.ts";
import type { CallSummary } from "../../server/control-api.ts";

const SHORTEST_ENDING = 4;

/** A whole Call SID. */
export const isCallSid = (text: string): boolean => /^CA[0-9a-f]{32}$/.test(text);

/** A whole SID of a call or of a conference. */
export const isSid = (text: string): boolean => /^C[AF][0-9a-f]{32}$/.test(text);

/**
 * The calls whose Call SID or Conference SID equals the word, or ends with it.
 * @throws AppError usage for an ending that is too short
 */
export function callsNamed<Call extends Pick<CallSummary, "id" | "conferenceSid">>(
  calls: readonly Call[],
  word: string,
): Call[] {
  const exact = calls.filter(({ id, conferenceSid }) => id === word || conferenceSid === word);
  if (exact.length > 0) return exact;
  if (word.length < SHORTEST_ENDING)
    throw new AppError("usage", `"${word}" is too short to name a call.`, {
      hint: `Pass at least the last ${SHORTEST_ENDING} characters of its SID.`,
    });
  const ending = word.toLowerCase();
  return calls.filter(
    ({ id, conferenceSid }) => id.endsWith(ending) || (conferenceSid?.endsWith(ending) ?? false),
  );
}
