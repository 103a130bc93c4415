/** `number`: digits that a phone can ring. `address`: a SIP address, a browser's name or other text. `withheld`: neither. */
export type CustomerKind = "number" | "address" | "withheld";

/** What networks and Twilio send in place of a number that is withheld (www.twilio.com/docs/voice/twiml, "From"). */
const WORDS = ["anonymous", "restricted", "unavailable", "unknown", "blocked", "private", "withheld"];
const KEYS = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];

/** A word as a telephone's keys spell it: `anonymous` is 266696687. */
function onKeys(word: string): string {
  return Array.from(word)
    .map((letter) => KEYS.findIndex((letters) => letters.includes(letter)) + 2)
    .join("");
}

const WITHHELD = new Set(["", "464", ...WORDS, ...WORDS.map(onKeys)]);
const NUMBER = /^\+?[\d\s().-]*\d[\d\s().-]*$/;

/** How a caller is known. @param from the From of Twilio's webhook, or what a record has of it */
export function customerKindOf(from: string): CustomerKind {
  const name =
    from
      .trim()
      .toLowerCase()
      .replace(/^(sips?|client|tel):/, "")
      .split("@")[0] ?? "";
  if (WITHHELD.has(name.replace(/^\+/, ""))) return "withheld";
  return NUMBER.test(from) ? "number" : "address";
}
