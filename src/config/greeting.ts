import type { Mistake } from "./mistakes.ts";

/** The limit of one `<Say>` (www.twilio.com/docs/voice/twiml/say). */
export const GREETING_LENGTH = 4096;

/** Not allowed in XML, even escaped: control characters and unpaired surrogates. */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

export function greetingMistake(greeting: string): Mistake | undefined {
  if (greeting.trim() === "")
    return { message: "The greeting is empty.", hint: "Remove it to use the default greeting." };
  if (greeting.length > GREETING_LENGTH)
    return {
      message: `The greeting is ${greeting.length} characters long.`,
      hint: `Use at most ${GREETING_LENGTH}.`,
    };
  if (NOT_IN_XML.test(greeting))
    return {
      message: "The greeting contains a character that TwiML cannot hold.",
      hint: "Remove control characters.",
    };
  return undefined;
}
