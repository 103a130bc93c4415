import type { Service } from "../service/start-service.ts";

/** The first line of `start --json`. The only secrets in it are the links, which are printed to be handed out. */
export interface StartedEvent {
  event: "ready";
  /** On this machine. */
  server: { url: string };
  /** Where Twilio and the agents' browsers reach it. */
  publicUrl: string;
  /** E.164: the number that customers ring. */
  number: string;
  agents: { id: string; name: string; signIn: string }[];
  accountSid: string;
}

export async function startedEvent({ plan, server }: Service): Promise<StartedEvent> {
  const agents = (await server.agents()).map(async ({ id, name }) => ({
    id,
    name,
    signIn: await server.signInLink(id),
  }));
  return {
    event: "ready",
    server: { url: server.localUrl },
    publicUrl: server.url,
    number: plan.config.number,
    agents: await Promise.all(agents),
    accountSid: plan.config.accountSid,
  };
}
