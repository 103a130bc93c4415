import type { Sandbox } from "./start-sandbox.ts";

/** The first line of `sandbox --json`: what a script needs to open the pages and use the APIs. */
export interface ReadyEvent {
  event: "ready";
  server: { url: string };
  emulator: { url: string };
  /** E.164: the number that customers call. */
  number: string;
  /** The customer's phone page. */
  phone: string;
  agents: { id: string; name: string; signIn: string }[];
  accountSid: string;
  authToken: string;
  apiKey: string;
  apiSecret: string;
  operatorToken: string;
}

/** Includes secrets: they are valid only for this emulator. */
export async function readyEvent({ config, emulator, server }: Sandbox): Promise<ReadyEvent> {
  const { accountSid, authToken, apiKey, apiSecret, number, operatorToken } = config;
  const agents = config.agents.map(async (agent) => ({
    ...agent,
    signIn: await server.signInLink(agent.id),
  }));
  return {
    event: "ready",
    server: { url: server.url },
    emulator: { url: emulator.url },
    number,
    phone: `${emulator.url}/phone`,
    agents: await Promise.all(agents),
    accountSid,
    authToken,
    apiKey,
    apiSecret,
    operatorToken,
  };
}
