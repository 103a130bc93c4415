import type RequestClient from "twilio/lib/base/RequestClient.js";

/** Twilio's clock, in milliseconds since 1970, and ours before and after the request. */
export interface ServerTime {
  /** Full seconds. */
  at: number;
  asked: number;
  answered: number;
}

/** Calls `seen` with the `Date` of each response that has one; a refusal has one, too. */
export function watchServerTime(client: RequestClient, seen: (time: ServerTime) => void): RequestClient {
  const send = client.request.bind(client);
  client.request = async (options) => {
    const asked = Date.now();
    const answer = await send(options);
    const { date } = (answer.headers ?? {}) as { date?: string };
    const at = Date.parse(date ?? "");
    if (!Number.isNaN(at)) seen({ at, asked, answered: Date.now() });
    return answer;
  };
  return client;
}
