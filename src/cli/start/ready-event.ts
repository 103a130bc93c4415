import type { Service } from "../service/start-service.ts";

export interface SignInLink {
  id: string;
  name: string;
  signIn: string;
}

/** The first line of `start --json`. The only secrets in it are the links, which are printed to be handed out. */
export interface StartedEvent {
  event: "ready";
  /** On this machine. */
  server: { url: string };
  /** Where Twilio and the agents' browsers reach it. */
  publicUrl: string;
  /** E.164: the number that customers ring. */
  number: string;
  agents: SignInLink[];
  accountSid: string;
}

/** A link for each agent, at the address that the server has now. */
export async function signInLinks(server: Service["server"]): Promise<SignInLink[]> {
  const agents = await server.agents();
  return Promise.all(agents.map(async ({ id, name }) => ({ id, name, signIn: await server.signInLink(id) })));
}

/** What a service that has started tells, links and all. */
export async function startedEvent({ plan, server }: Service): Promise<StartedEvent> {
  return {
    event: "ready",
    server: { url: server.localUrl },
    publicUrl: server.url,
    number: plan.config.number,
    agents: await signInLinks(server),
    accountSid: plan.config.accountSid,
  };
}
