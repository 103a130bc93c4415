import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import twilio from "twilio";
import type { Credentials } from "../../src/types.ts";
import { localClient } from "../../../test/support/contract/client.ts";

const { VoiceResponse } = twilio.twiml;

export const SHOP = "+15550100000";
export const FLORIST = "+15550177777";

export interface FlowerShop {
  readonly url: string;
  readonly client: twilio.Twilio;
  /** What came to a path with a proper signature, oldest first. */
  to(path: string): Record<string, string>[];
  readonly refused: number;
  close(): void;
}

type Fields = Record<string, string>;

/** What the shop says by telephone, by path. */
const documents: Record<string, (fields: Fields) => twilio.twiml.VoiceResponse> = {
  "/voice"() {
    const response = new VoiceResponse();
    response.say("Thank you for calling the flower shop.");
    const dial = response.dial({ action: "/dialled", timeout: 20 });
    const statusCallbackEvent = ["initiated", "ringing", "answered", "completed"] as const;
    dial.number({ statusCallback: "/florist", statusCallbackEvent: [...statusCallbackEvent] }, FLORIST);
    return response;
  },
  "/dialled"({ DialCallStatus }) {
    const response = new VoiceResponse();
    response.say(DialCallStatus === "completed" ? "Goodbye." : "We are in the garden. Please call again.");
    return response;
  },
  "/hold"() {
    const response = new VoiceResponse();
    response.say("You are on hold.");
    response.pause({ length: 60 });
    return response;
  },
  "/news"() {
    const response = new VoiceResponse();
    response.say("The roses are here.");
    return response;
  },
};

/** An app as anybody would write it with Twilio's package for Node and nothing else; it knows nothing of the emulator. */
export async function openFlowerShop(twilioUrl: string, credentials: Credentials): Promise<FlowerShop> {
  const { accountSid, authToken } = credentials;
  const seen: { path: string; fields: Fields }[] = [];
  let refused = 0;
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { pathname, href } = new URL(req.url ?? "/", url);
    const fields = Object.fromEntries(new URLSearchParams(await text(req)));
    const signature = String(req.headers["x-twilio-signature"]);
    if (!twilio.validateRequest(authToken, signature, href, fields)) {
      refused++;
      res.writeHead(403).end();
      return;
    }
    seen.push({ path: pathname, fields });
    const document = documents[pathname];
    if (!document) res.writeHead(204).end();
    else res.writeHead(200, { "Content-Type": "text/xml" }).end(document(fields).toString());
  };
  const server = createServer((req, res) => void answer(req, res));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    client: twilio(accountSid, authToken, { httpClient: localClient(twilioUrl).httpClient }),
    to: (path) => seen.filter((each) => each.path === path).map(({ fields }) => fields),
    get refused() {
      return refused;
    },
    close: () => void server.close(),
  };
}
