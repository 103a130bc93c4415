/** Control and format characters, lone surrogates, line and paragraph separators: terminals and pages may interpret them. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Makes untrusted text safe to show: replaces every `UNSAFE` character by `\ufffd`.
 * @param most characters; a longer text is cut and ends in `…`
 */
export function clean(text: string, most = Number.POSITIVE_INFINITY): string {
  const shown = text.replace(UNSAFE, "\ufffd");
  if (shown.length <= most) return shown;
  const characters = Array.from(shown);
  return characters.length <= most ? shown : `${characters.slice(0, most - 1).join("")}…`;
}

/** Escapes `UNSAFE` characters: the value is the same for programs, and harmless on a terminal. */
export function safeJson(value: unknown): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(UNSAFE, (character) => character.split("").map(escaped).join(""));
}

const SCHEME = /^(sips?|tel|client|whatsapp|messenger):/iu;
const NUMBER = /^\+?[\p{Nd}\s().\-/]+$/u;
/** In the host of a SIP address, which may contain the number. */
const LONG_DIGITS = /\p{Nd}{4,}/gu;
const LONGEST_HOST = 40;

function maskDigits(number: string): string {
  const digits = number.match(/\p{Nd}/gu) ?? [];
  const start = digits.length >= 9 ? digits.slice(0, 3) : [];
  const end = digits.length >= 4 ? digits.slice(-2) : [];
  return [number.startsWith("+") ? "+" : "", ...start, "…", ...end].join("");
}

function maskName(name: string): string {
  if (NUMBER.test(name)) return maskDigits(name);
  const characters = Array.from(name);
  return [characters[0] ?? "", "…", ...(characters.length >= 5 ? characters.slice(-1) : [])].join("");
}

/**
 * Masks a caller's address: recognizable, but not callable. Keeps the first and last digits of a number (`+155…23`,
 * `061…78`), the first and last characters of a name (`sip:a…h@example.com`, `client:b…b`).
 */
export function maskAddress(address: string): string {
  const text = clean(address).trim();
  const scheme = SCHEME.exec(text)?.[0] ?? "";
  const [user = "", ...hosts] = text.slice(scheme.length).split("@");
  if (user === "" && hosts.length === 0) return scheme;
  const host = hosts
    .join("@")
    .replace(/[;?].*$/u, "")
    .replace(LONG_DIGITS, "…");
  return `${scheme}${maskName(user)}${hosts.length > 0 ? `@${clean(host, LONGEST_HOST)}` : ""}`;
}

/** A possible number or caller's address in a sentence, outside SIDs, UUIDs and longer words. */
const IN_TEXT = /\bsips?:[^\s"'<>,]+|\+\p{Nd}{6,15}|(?<![\w.:-])\p{Nd}{9,15}(?![\w.:-])/giu;

/** Masks every phone number and SIP address inside a text. */
export function maskNumbers(text: string): string {
  return text.replace(IN_TEXT, maskAddress);
}

/** Masks a URL's password. */
export function maskPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^/?#@]*?):[^/?#@]*@/, "$1:…@");
}
