import { AppError, type ErrorCategory } from "../errors.ts";

export const TOKEN_PAGE = "https://dashboard.ngrok.com/get-started/your-authtoken";

type Meaning = [codes: number[], category: ErrorCategory, what: string, hint: string];

/** By ngrok's code (ngrok.com/docs/errors). */
const MEANINGS: Meaning[] = [
  [
    [105, 106, 107, 109],
    "auth",
    "ngrok does not accept the authtoken",
    `Copy it again from ${TOKEN_PAGE} and set NGROK_AUTHTOKEN.`,
  ],
  [
    [102, 103, 123, 336, 337, 338, 382],
    "auth",
    "ngrok does not let this account open a tunnel",
    "See what is said of the account at https://dashboard.ngrok.com",
  ],
  [
    [115, 116, 308, 316],
    "auth",
    "ngrok's settings do not let this authtoken do that from here",
    "See the account's IP restrictions and the authtoken's own rules at https://dashboard.ngrok.com",
  ],
  [
    [334, 381],
    "conflict",
    "This ngrok address is already in use by another tunnel",
    "End the other one (https://dashboard.ngrok.com/endpoints), or choose another domain.",
  ],
  [
    [108, 324, 348, 350],
    "conflict",
    "The ngrok account has no room for one more tunnel",
    "End another one: https://dashboard.ngrok.com/agents",
  ],
  [[349, 351], "network", "ngrok lets this account open no more tunnels for now", "Wait some minutes."],
  [
    [305, 306, 307, 309, 313, 314, 317, 318, 319, 320, 322, 354],
    "config",
    "This ngrok account may not use that domain",
    "Choose one of https://dashboard.ngrok.com/domains, or leave the domain out.",
  ],
  [
    [326, 327, 328, 329, 330, 331, 347, 355],
    "config",
    "ngrok cannot use that domain",
    "Write it without https:// and without a path: NAME.ngrok.app",
  ],
  [
    [120, 121],
    "config",
    "ngrok does not serve this version of its SDK any more",
    "Update: npm install -g warm-transfer",
  ],
];

const UNKNOWN: Meaning = [[], "network", "ngrok refused to open a tunnel", "See what its page says."];

/** What the SDK's words mean. They are never passed on: for a refused authtoken they hold it. */
export function explainNgrok(message: string): AppError {
  const code = /ERR_NGROK_(\d+)/.exec(message)?.[1];
  if (code === undefined)
    return new AppError("network", "ngrok's service cannot be reached.", {
      hint: "Check this machine's network and its proxy, or give an address of your own with --public-url.",
    });
  const [, category, what, hint] = MEANINGS.find(([codes]) => codes.includes(Number(code))) ?? UNKNOWN;
  return new AppError(category, `${what} (ERR_NGROK_${code}).`, {
    hint,
    docs: `https://ngrok.com/docs/errors/err_ngrok_${code}`,
  });
}
