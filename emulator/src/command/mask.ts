/** Phone numbers, outside SIDs and longer words. */
const NUMBERS = /\+\d{6,15}|(?<![\w.:-])\d{9,15}(?![\w.:-])/g;
/** The user of a SIP address. */
const SIP_USER = /^(sips?:)[^@]+(?=@)/;

function maskNumber(number: string): string {
  const plus = number.startsWith("+") ? "+" : "";
  const digits = number.slice(plus.length);
  return `${plus}${digits.length >= 9 ? digits.slice(0, 3) : ""}…${digits.slice(-2)}`;
}

/** Logs show no phone number whole: `+155…23`. The identities of browsers are the developer's own words and stay. */
export function masked(end: string): string {
  return end.replace(SIP_USER, "$1…").replace(NUMBERS, maskNumber);
}
