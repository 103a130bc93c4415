import { SKEW_HINT, skewWords } from "../clock-skew.ts";
import type { ServiceEvent } from "./events.ts";

const seconds = (ms: number): string => `(${(ms / 1000).toFixed(1)} s)`;
const urlOrNothing = (url: string): string => url || "nothing";
const HOW = { given: "as configured", ngrok: "by ngrok", cloudflared: "by cloudflared" };

type Sentences = {
  [Name in ServiceEvent["event"]]: (event: Extract<ServiceEvent, { event: Name }>) => string;
};

const SENTENCES: Sentences = {
  "server-started": ({ url, ms }) => `server   listening at ${url} ${seconds(ms)}`,
  "tunnel-opened": ({ url, kind, ms }) => `address  ${url} ${HOW[kind]} ${seconds(ms)}`,
  "round-trip": ({ url, ms }) => `check    a request to ${url} reached this server ${seconds(ms)}`,
  "number-pointed": ({ before, ms }) =>
    `number   points at this server; before: ${urlOrNothing(before)} ${seconds(ms)}`,
  "clock-skewed": ({ skewMs }) => `warning  ${skewWords(skewMs)} ${SKEW_HINT}`,
  "tunnel-changed": ({ url }) => `The tunnel has a new address: ${url}`,
  "number-restored": ({ voiceUrl }) => `The number is restored: ${urlOrNothing(voiceUrl)}`,
};

export function serviceWords(event: ServiceEvent): string {
  // The compiler does not see that the entry's name is the event's.
  return (SENTENCES[event.event] as (event: ServiceEvent) => string)(event);
}
