import type RequestClient from "twilio/lib/base/RequestClient.js";

/** A request to Twilio that has ended. */
export interface RestRequest {
  /** Method and resource, without any SID: `POST Calls`, `POST Conferences/…/Participants/…`. */
  operation: string;
  /** `ok`, Twilio's own code, else `http-STATUS`, or what broke the connection: `ECONNREFUSED`. */
  code: string;
  /** Milliseconds. */
  ms: number;
}

const ACCOUNT = /^\/2010-04-01\/Accounts(\/AC[0-9a-f]{32})?\/?/;

/** What is asked for, from an address that may hold SIDs and numbers. */
function operationOf(method: string, uri: string): string {
  const path = new URL(uri).pathname.replace(ACCOUNT, "").replace(/\.json$/, "");
  // Resources and their names take turns.
  const parts = path.split("/").map((part, index) => (index % 2 === 0 ? part : "…"));
  return `${method.toUpperCase()} ${parts.join("/") || "Accounts"}`;
}

/** Twilio's code stands in the body, which the library has not yet read. */
function codeOf({ statusCode, body }: { statusCode: number; body: unknown }): string {
  if (statusCode < 400) return "ok";
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return /"code":\s*(\d{5})\b/.exec(text)?.[1] ?? `http-${statusCode}`;
}

function brokenCode(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "error";
}

/** Has `seen` called after each request of the client, however it ended. Repeats after 429 count as one request. */
export function watchRequests(client: RequestClient, seen: (request: RestRequest) => void): RequestClient {
  const send = client.request.bind(client);
  client.request = async (options) => {
    const began = performance.now();
    const tell = (code: string): void =>
      seen({ operation: operationOf(options.method, options.uri), code, ms: performance.now() - began });
    try {
      const answer = await send(options);
      tell(codeOf(answer));
      return answer;
    } catch (thrown) {
      tell(brokenCode(thrown));
      throw thrown;
    }
  };
  return client;
}
