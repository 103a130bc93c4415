/** `+`, the country code and the number: 7 to 15 digits. */
export const E164 = /^\+[1-9]\d{6,14}$/;
/** An agent's identity at Twilio. */
export const AGENT_ID = /^[A-Za-z0-9_]{1,121}$/;
