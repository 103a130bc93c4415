export const API_VERSION = "2010-04-01";

export function accountUri(accountSid: string): string {
  return `/${API_VERSION}/Accounts/${accountSid}`;
}

/** `{ events: "/2010-04-01/…/Events.json" }` for each name and file. */
export function subresourceUris(base: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, `${base}/${file}.json`]));
}
