import { describe, expect, it } from "vitest";
import { explainNgrok } from "../../src/tunnel/ngrok-errors.ts";

const TOKEN = "2tEsTtOkEn_neverShown";

describe("ngrok's error codes", () => {
  const refusal = (code: number): string =>
    `failed to connect session: rpc error response: The authtoken is wrong. Your authtoken: ${TOKEN}\n\nerror_code: ERR_NGROK_${code}`;

  it.each([
    [105, "auth", "authtoken"],
    [107, "auth", "authtoken"],
    [103, "auth", "account"],
    [108, "conflict", "limit of tunnels"],
    [334, "conflict", "already uses"],
    [320, "config", "may not use that domain"],
    [319, "config", "may not use that domain"],
    [121, "config", "version"],
    [9999, "network", "refused"],
  ])("%i: %s, %s", (code, category, words) => {
    const error = explainNgrok(refusal(code));
    expect(error).toMatchObject({ category, message: expect.stringContaining(words) });
    expect(error.docs).toBe(`https://ngrok.com/docs/errors/err_ngrok_${code}`);
    expect(JSON.stringify([error.message, error.hint, error.cause])).not.toContain(TOKEN);
  });
});
