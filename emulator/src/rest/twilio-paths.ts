import { words } from "./words.ts";
/** Resources below an account that Twilio has and the emulator does not have at all. */
const MISSING_RESOURCES = words(`
  Addresses AuthorizedConnectApps AvailablePhoneNumbers Balance ConnectApps
  Messages Notifications OutgoingCallerIds SIP SMS SigningKeys Tokens
  Transcriptions Usage
  `);

const CALL_RESOURCES = words(`
  Events Notifications Payments Siprec Transcriptions
  `);

const ACCOUNT = "^/[^/]+";
const END = "(/.*)?(\\.json)?$";

const MISSING = [
  new RegExp(`${ACCOUNT}/(${MISSING_RESOURCES.join("|")})${END}`),
  new RegExp(`${ACCOUNT}/Calls/[^/]+/(${CALL_RESOURCES.join("|")})${END}`),
  new RegExp(`${ACCOUNT}/Recordings/[^/]+/(AddOnResults|Transcriptions)${END}`),
  new RegExp(`${ACCOUNT}/IncomingPhoneNumbers/(Local|Mobile|TollFree)${END}`),
  new RegExp(`${ACCOUNT}/IncomingPhoneNumbers/[^/]+/AssignedAddOns${END}`),
];

/** Methods that Twilio has on paths of which the emulator has others. */
const MISSING_METHODS = [
  { method: "GET", path: /^(\.json)?$/ },
  { method: "POST", path: /^(\.json|\/[^/]+\.json)$/ },
  { method: "POST", path: new RegExp(`${ACCOUNT}/IncomingPhoneNumbers\\.json$`) },
  { method: "DELETE", path: new RegExp(`${ACCOUNT}/IncomingPhoneNumbers/[^/]+\\.json$`) },
  { method: "POST", path: new RegExp(`${ACCOUNT}/Keys/[^/]+\\.json$`) },
];

/**
 * True for a request that Twilio knows (by its OpenAPI description) and the emulator does not.
 * @param path below `/2010-04-01/Accounts`
 */
export function isOnlyTwilios(method: string, path: string): boolean {
  return (
    MISSING.some((pattern) => pattern.test(path)) ||
    MISSING_METHODS.some((missing) => missing.method === method && missing.path.test(path))
  );
}
