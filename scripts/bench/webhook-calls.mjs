import { createHmac } from "node:crypto";
import settings from "../../test/support/test-config.json" with { type: "json" };

export const { accountSid: ACCOUNT, authToken: TOKEN } = settings;
export const VOICE_PATH = "/conference/connect/client";
export const TWIML =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Dial><Conference>x</Conference></Dial></Response>';

/** The X-Twilio-Signature of a POST. */
export function sign(url, params) {
  const text =
    url +
    Object.keys(params)
      .sort()
      .map((name) => name + params[name])
      .join("");
  return createHmac("sha1", TOKEN).update(text).digest("base64");
}

/** `count` voice webhooks of different calls, each signed for `origin`, as autocannon takes them. */
export function signedCalls(origin, count, firstCall) {
  return Array.from({ length: count }, (_, i) => {
    const params = {
      AccountSid: ACCOUNT,
      ApiVersion: "2010-04-01",
      CallSid: `CA${(firstCall + i).toString(16).padStart(32, "0")}`,
      CallStatus: "ringing",
      Direction: "inbound",
      From: "+15550199",
      To: settings.number,
      FromCity: "SAN FRANCISCO",
      FromCountry: "US",
      FromState: "CA",
      FromZip: "94103",
      ToCity: "NEW YORK",
      ToCountry: "US",
      ToState: "NY",
      ToZip: "10001",
    };
    return {
      method: "POST",
      path: VOICE_PATH,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": sign(`${origin}${VOICE_PATH}`, params),
      },
      body: new URLSearchParams(params).toString(),
    };
  });
}
