import { AppError, type ErrorCategory } from "../errors.ts";

export const TOKEN_PAGE = "https://dashboard.ngrok.com/get-started/your-authtoken";

type Meaning = [codes: number[], category: ErrorCategory, what: string, hint: string];

/** By error code (ngrok.com/docs/errors). */
const MEANINGS: Meaning[] = [
  [
    [105, 106, 107, 109],
    "auth",
    "ngrok refused the authtoken",
    `Copy it from ${TOKEN_PAGE} and set NGROK_AUTHTOKEN.`,
  ],
  [
    [102, 103, 123, 336, 337, 338, 382],
    "auth",
    "This ngrok account may not open tunnels",
    "See the account's status at https://dashboard.ngrok.com",
  ],
  [
    [115, 116, 308, 316],
    "auth",
    "ngrok's settings do not allow this authtoken from this network",
    "Check the account's IP restrictions and the authtoken's rules at https://dashboard.ngrok.com",
  ],
  [
    [334, 381],
    "conflict",
    "Another tunnel already uses this ngrok address",
    "Close it at https://dashboard.ngrok.com/endpoints, or choose another domain.",
  ],
  [
    [108, 324, 348, 350],
    "conflict",
    "The ngrok account has reached its limit of tunnels",
    "Close another one at https://dashboard.ngrok.com/agents",
  ],
  [[349, 351], "network", "ngrok has rate-limited this account", "Wait a few minutes."],
  [
    [305, 306, 307, 309, 313, 314, 317, 318, 319, 320, 322, 354],
    "config",
    "This ngrok account may not use that domain",
    "Choose one from https://dashboard.ngrok.com/domains, or omit the domain.",
  ],
  [
    [326, 327, 328, 329, 330, 331, 347, 355],
    "config",
    "ngrok rejected that domain",
    "Write it without https:// and without a path: NAME.ngrok.app",
  ],
  [
    [120, 121],
    "config",
    "ngrok no longer supports this version of its SDK",
    "Update: npm install -g warm-transfer",
  ],
];

const UNKNOWN: Meaning = [[], "network", "ngrok refused to open a tunnel", "See the page below."];

/** The SDK's own message is never shown: for a refused authtoken it contains the token. */
export function explainNgrok(message: string): AppError {
  const code = /ERR_NGROK_(\d+)/.exec(message)?.[1];
  if (code === undefined)
    return new AppError("network", "ngrok's service cannot be reached.", {
      hint: "Check this machine's network and proxy, or pass your own --public-url.",
    });
  const [, category, what, hint] = MEANINGS.find(([codes]) => codes.includes(Number(code))) ?? UNKNOWN;
  return new AppError(category, `${what} (ERR_NGROK_${code}).`, {
    hint,
    docs: `https://ngrok.com/docs/errors/err_ngrok_${code}`,
  });
}
