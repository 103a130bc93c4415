import type { RestRequest } from "../rest/request-log.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import { withQuery } from "../webhooks/request-page.ts";
import { sign } from "../webhooks/signature.ts";

/** A word of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** One option a line. */
const command = (words: readonly string[]): string => `${words.join(" \\\n  ")}\n`;

const fieldsOf = (params: RestRequest["parameters"]): [string, string][] =>
  Object.entries(params).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );

/** Form fields as options. A name may have characters that curl would read as its own. */
const fieldOptions = (fields: readonly [string, string][]): string[] =>
  fields.map(([name, value]) => `--data-urlencode ${quoted(`${encodeURIComponent(name)}=${value}`)}`);

/** The address with the fields that a request carries there, and the options for those in its form. */
function placed(method: string, url: string, fields: [string, string][]): [string, string[]] {
  return method === "GET" ? [withQuery(url, fields), []] : [url, fieldOptions(fields)];
}

/** A webhook as the emulator sent it, with its signature: that of this one request, and no secret. */
export function curlOfDelivery({ method, url, params }: Delivery, authToken: string): string {
  const [address, options] = placed(method, url, Object.entries(params));
  const signature = sign(authToken, address, method === "GET" ? {} : params);
  return command([
    `curl --include --request ${method} ${quoted(address)}`,
    `--header ${quoted(`X-Twilio-Signature: ${signature}`)}`,
    `--header 'User-Agent: TwilioProxy/1.1'`,
    ...options,
  ]);
}

/** A request of the app to REST, with the auth token from the environment. @param origin the emulator's address */
export function curlOfRequest(
  { method, path, parameters }: RestRequest,
  origin: string,
  user: string,
): string {
  const [address, options] = placed(method, origin + path, fieldsOf(parameters));
  return command([
    `curl --include --request ${method} ${quoted(address)}`,
    `--user "${user}:$TWILIO_AUTH_TOKEN"`,
    ...options,
  ]);
}
