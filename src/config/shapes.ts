/** `AC` and 32 hexadecimal digits. */
export const ACCOUNT_SID = /^AC[0-9a-f]{32}$/;
/** `SK` and 32 hexadecimal digits. */
export const API_KEY_SID = /^SK[0-9a-f]{32}$/;
/** `+`, the country code and the number: 7 to 15 digits. Logs mask whatever has this shape. */
export const E164 = /^\+[1-9]\d{6,14}$/;
/** An agent's identity at Twilio. */
export const AGENT_ID = /^[A-Za-z0-9_]{1,121}$/;
