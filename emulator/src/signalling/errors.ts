/** An error as the signalling sends it. Codes: www.twilio.com/docs/api/errors and the Voice SDK's list of errors. */
export interface SignallingError {
  code: number;
  message: string;
}

export const signallingErrors = {
  noApplication: { code: 31001, message: "Application not found." },
  connection: { code: 31005, message: "Connection error" },
  malformed: { code: 31100, message: "Malformed request" },
  clientName: {
    code: 31105,
    message:
      "Invalid client name: an identity has at most 121 characters, without spaces, colons and question marks",
  },
  notAllowed: { code: 31201, message: "Authorization failed: the access token does not grant this" },
  signature: {
    code: 31202,
    message: "JWT signature validation failed: is it signed with the API key's secret?",
  },
  token: { code: 31204, message: "JWT token is invalid" },
  expired: { code: 31205, message: "JWT token expired" },
  tooLong: { code: 31207, message: "JWT token expiration too long: 24 hours at most" },
  messageType: {
    code: 31210,
    message: "Call Message Event Type is invalid: messageType must be user-defined-message",
  },
  noCall: { code: 31211, message: "Call is not in the expected state: there is no such call" },
  messageSize: {
    code: 31212,
    message: "Call Message Event Payload size exceeded authorized limit: 10,000 characters of JSON",
  },
  notFound: { code: 31404, message: "Not found" },
  notAnswered: { code: 31480, message: "Temporarily unavailable" },
  busy: { code: 31486, message: "Busy here" },
  declined: { code: 31603, message: "Decline" },
} as const satisfies Record<string, SignallingError>;
