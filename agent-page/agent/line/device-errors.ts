export type DeviceTrouble = "token" | "microphone-refused" | "microphone-missing" | "connection";

/** See www.twilio.com/docs/api/errors and the SDK's error classes; what is not named here is about the connection. */
const TROUBLES: Record<number, DeviceTrouble> = {
  20101: "token",
  20104: "token",
  20151: "token",
  31202: "token",
  31204: "token",
  31205: "token",
  31401: "microphone-refused",
  31402: "microphone-missing",
};

/** What an error of the SDK's Device or Call asks for, by its code. */
export function troubleOf(code: number): DeviceTrouble {
  return TROUBLES[code] ?? "connection";
}
