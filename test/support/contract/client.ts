import RequestClient from "twilio/lib/base/RequestClient.js";
import type { Contract, Form } from "./contract.ts";

/** One request of the official client with its answer. */
export interface Exchange {
  method: "GET" | "POST" | "DELETE";
  /** With the query. */
  path: string;
  form: Form;
  status: number;
  body: unknown;
}

/** What is wrong with a request or its answer, by Twilio's description. */
export function complaintsOf(contract: Contract, { method, path, form, status, body }: Exchange): string[] {
  const answer = status < 300 ? contract.conformsToAnswer(method, path, status, body) : [];
  return [...contract.conformsToRequest(method, path, form), ...answer].map(
    (each) => `${method} ${path}: ${each}`,
  );
}

const TWILIO = "https://api.twilio.com";

const texts = (value: unknown): string | string[] =>
  Array.isArray(value) ? value.map(String) : String(value);

/** The client's values as the texts that it sends. */
function formOf(data: unknown): Record<string, string | string[]> {
  const sent = Object.entries(data ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(sent.map(([name, value]) => [name, texts(value)]));
}

/**
 * Twilio's own HTTP client, sent to another address; `exchanges` has what it asked and what came back.
 * @param url a loopback address: nothing else is asked
 * @param options the client's own, such as its time-out and its retries
 */
export function localClient(
  url: string,
  options?: ConstructorParameters<typeof RequestClient>[0],
): { httpClient: RequestClient; exchanges: Exchange[] } {
  if (!/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(url))
    throw new Error(`${url} is not loopback`);
  const httpClient = new RequestClient(options);
  const exchanges: Exchange[] = [];
  const send = httpClient.request.bind(httpClient);
  httpClient.request = async (options) => {
    const { uri, method, params, data } = options;
    if (!uri.startsWith(TWILIO)) throw new Error(`${uri} is not one of Twilio's voice addresses`);
    const response = await send({ ...options, uri: uri.replace(TWILIO, url) });
    const query = new URLSearchParams(formOf(params) as Record<string, string>).toString();
    exchanges.push({
      method: method.toUpperCase() as Exchange["method"],
      path: uri.slice(TWILIO.length) + (query && `?${query}`),
      form: formOf(data),
      status: response.statusCode,
      body: response.statusCode === 204 ? null : response.body,
    });
    return response;
  };
  return { httpClient, exchanges };
}
