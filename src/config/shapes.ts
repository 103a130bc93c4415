/** `AC` and 32 hexadecimal digits. */
export const ACCOUNT_SID = /^AC[0-9a-f]{32}$/;
/** `SK` and 32 hexadecimal digits. */
export const API_KEY_SID = /^SK[0-9a-f]{32}$/;
/** A phone number: `+`, the country's code and the number, 7 to 15 digits. Whatever has this shape is masked in logs. */
export const E164 = /^\+[1-9]\d{6,14}$/;
/** An agent's identity at Twilio. */
export const AGENT_ID = /^[A-Za-z0-9_]{1,121}$/;
