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

/** An address as it may be shown or logged: a password in it is nobody's business. */
export function maskPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^/?#@]*?):[^/?#@]*@/, "$1:…@");
}
