import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type FormFields, bodyHash, sign, signedUrl } from "../../src/webhooks/signature.ts";

interface Vector {
  name: string;
  token: string;
  signedUrl: string;
  signedParams?: FormFields;
  body?: string;
  signature: string;
  twilioNodeAccepts: boolean;
}

const vectors = JSON.parse(
  readFileSync(new URL("golden-signatures.json", import.meta.url), "utf8"),
) as Vector[];

describe("X-Twilio-Signature", () => {
  it.each(vectors)("is Twilio's: $name", ({ token, signedUrl: url, signedParams, signature }) => {
    expect(sign(token, url, signedParams)).toBe(signature);
  });

  it("covers a JSON body by its hash in the query", () => {
    const json = vectors.filter((vector) => vector.body !== undefined);
    const hashes = json.map((vector) => new URL(vector.signedUrl).searchParams.get("bodySHA256"));
    expect(json.map((vector) => bodyHash(vector.body ?? "") === hashes[0])).toEqual(
      json.map((vector) => vector.twilioNodeAccepts),
    );
  });

  it.each([
    ["https://example.com:8443/voice?a=1", "https://example.com/voice?a=1"],
    ["http://example.com:8080/voice", "http://example.com:8080/voice"],
    ["https://user:pass@example.com/voice#rc=2&rp=all", "https://example.com/voice"],
    ["https://example.com", "https://example.com"],
  ])("signs %s as %s", (url, expected) => {
    expect(signedUrl(url)).toBe(expected);
  });
});
