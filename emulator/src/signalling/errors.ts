/** An error as the signalling sends it. Codes: www.twilio.com/docs/api/errors and the Voice SDK's list of errors. */
export interface SignallingError {
  code: number;
  message: string;
}

export const signallingErrors = {
  connection: { code: 31005, message: "Connection error" },
  malformed: { code: 31100, message: "Malformed request" },
  clientName: {
    code: 31105,
    message: "Invalid client name: an identity has 1 to 121 letters, digits and underscores",
  },
  notAllowed: { code: 31201, message: "Authorization failed: the access token does not grant this" },
  signature: {
    code: 31202,
    message: "JWT signature validation failed: is it signed with the API key's secret?",
  },
  token: { code: 31204, message: "JWT token is invalid" },
  expired: { code: 31205, message: "JWT token expired" },
  tooLong: { code: 31207, message: "JWT token expiration too long: 24 hours at most" },
  noCall: { code: 31212, message: "There is no such call" },
} as const satisfies Record<string, SignallingError>;

/** Shown to whoever calls out of a browser, and in the table of what the emulator does not do. */
export const NO_APPLICATIONS =
  "The emulator has no TwiML applications yet, so a browser cannot start a call (device.connect); it can be called.";

/** What `device.connect()` is answered with. */
export const noApplications: SignallingError = { code: 31002, message: NO_APPLICATIONS };
