import type { ServiceEvent } from "./events.ts";

const seconds = (ms: number): string => `(${(ms / 1000).toFixed(1)} s)`;
const orNothing = (url: string): string => url || "nothing";
const HOW = { given: "as given", ngrok: "by ngrok", cloudflared: "by cloudflared" };

type Sentences = {
  [Name in ServiceEvent["event"]]: (event: Extract<ServiceEvent, { event: Name }>) => string;
};

const SENTENCES: Sentences = {
  "server-started": ({ url, ms }) => `server   listens at ${url} ${seconds(ms)}`,
  "tunnel-opened": ({ url, kind, ms }) => `address  ${url} ${HOW[kind]} ${seconds(ms)}`,
  "round-trip": ({ url, ms }) => `check    a request to ${url} came back to this server ${seconds(ms)}`,
  "number-pointed": ({ before, ms }) =>
    `number   rings here now; before: ${orNothing(before)} ${seconds(ms)}`,
  "tunnel-changed": ({ url }) => `The tunnel's address is another one now: ${url}`,
  "number-restored": ({ voiceUrl }) => `The number has back what it had: ${orNothing(voiceUrl)}`,
};

/** What a service did, as a line for people. */
export function serviceWords(event: ServiceEvent): string {
  // The table has one entry for each event, but the compiler does not follow which belongs to which.
  return (SENTENCES[event.event] as (event: ServiceEvent) => string)(event);
}
