import type { Service } from "../service/start-service.ts";

export interface SignInLink {
  id: string;
  name: string;
  signIn: string;
}

/** The first line of `start --json`. Its only secrets are the links, which are meant to be handed out. */
export interface StartedEvent {
  event: "ready";
  /** On this machine. */
  server: { url: string };
  /** For Twilio and the agents' browsers. */
  publicUrl: string;
  /** E.164: the number that customers call. */
  number: string;
  agents: SignInLink[];
  accountSid: string;
}

/** At the server's current public URL. */
export async function signInLinks(server: Service["server"]): Promise<SignInLink[]> {
  const agents = await server.agents();
  return Promise.all(agents.map(async ({ id, name }) => ({ id, name, signIn: await server.signInLink(id) })));
}

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
