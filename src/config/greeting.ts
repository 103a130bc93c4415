import type { Mistake } from "./mistakes.ts";

/** Twilio says no more in one sentence (www.twilio.com/docs/voice/twiml/say). */
export const GREETING_LENGTH = 4096;

/** What XML cannot hold, however it is escaped; halves of a character among them. */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** What is wrong with the words that waiting customers are greeted with. */
export function greetingMistake(greeting: string): Mistake | undefined {
  if (greeting.trim() === "")
    return { message: "The greeting is empty.", hint: "Leave it out for the usual one." };
  if (greeting.length > GREETING_LENGTH)
    return {
      message: `The greeting has ${greeting.length} characters.`,
      hint: `Use at most ${GREETING_LENGTH}.`,
    };
  if (NOT_IN_XML.test(greeting))
    return {
      message: "The greeting has a character that cannot be sent.",
      hint: "Leave control characters out.",
    };
  return undefined;
}
