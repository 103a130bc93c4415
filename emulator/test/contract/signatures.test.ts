import twilio from "twilio";
import { describe, expect, it } from "vitest";
import { bodyHash, sign } from "../../src/webhooks/signature.ts";
import { signatureVectors } from "./signature-vectors.ts";

describe("the golden vectors", () => {
  it.each(signatureVectors)("$name", ({ token, url, params, signature, seen }) => {
    expect(sign(token, url, params)).toBe(signature);
    const checks = seen.map((each) => ({
      ...each,
      accepted: twilio.validateRequest(
        each.token ?? token,
        signature,
        each.url ?? url,
        each.params ?? params,
      ),
    }));
    expect(checks.map((each) => each.accepted)).toEqual(seen.map((each) => each.accepted));
  });

  it("the signature covers a JSON body by its hash in the query", () => {
    const body = '{"CallSid":"CA1234567890ABCDE","Caller":"+12349013030"}';
    const url = `https://example.com/myapp?bodySHA256=${bodyHash(body)}`;
    const signature = sign("12345", url);
    expect(signature).toBe("hPXmLwIy3Fgqv1i9KPmH/HhQ6zo=");
    expect(twilio.validateRequestWithBody("12345", signature, url, body)).toBe(true);
    expect(twilio.validateRequestWithBody("12345", signature, url, `${body} `)).toBe(false);
  });
});
