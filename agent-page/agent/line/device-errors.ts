/** What an error of the SDK asks for. `token`: Twilio refused the access token. */
export type DeviceTrouble = "token" | "microphone-refused" | "microphone-missing" | "connection";

/** www.twilio.com/docs/api/errors and `enableImprovedSignalingErrorPrecision` of the SDK. */
const TOKEN_REFUSED: ReadonlySet<number> = new Set([
  20101, 20102, 20103, 20104, 20105, 20106, 20107, 20151, 31102, 31105, 31202, 31203, 31204, 31205, 31207,
]);

const MICROPHONE: Readonly<Record<number, DeviceTrouble>> = {
  31401: "microphone-refused",
  31402: "microphone-missing",
};

/** Any code that is not listed here is about the connection. */
export function troubleOf(code: number): DeviceTrouble {
  if (TOKEN_REFUSED.has(code)) return "token";
  return MICROPHONE[code] ?? "connection";
}
