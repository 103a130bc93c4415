import type { IncomingMessage, ServerResponse } from "node:http";
import { parseTwiml } from "./twiml/parse-twiml.ts";

const MAX_BODY_BYTES = 64 * 1024;

async function formOf(req: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return new URLSearchParams(size > MAX_BODY_BYTES ? "" : Buffer.concat(chunks).toString());
}

/** The TwiML that the request carries, or what is wrong with it. */
async function answerTo(req: IncomingMessage): Promise<{ status: number; type: string; text: string }> {
  const plain = (status: number, text: string) => ({
    status,
    type: "text/plain; charset=utf-8",
    text: `${text}\n`,
  });
  if (req.method !== "GET" && req.method !== "POST")
    return plain(405, "Only GET and POST are possible here.");
  const { searchParams } = new URL(req.url ?? "/", "http://localhost");
  const twiml = searchParams.get("Twiml") ?? (await formOf(req)).get("Twiml");
  if (twiml === null) return plain(400, "Send the TwiML in the parameter Twiml.");
  try {
    parseTwiml(twiml);
    return { status: 200, type: "text/xml; charset=utf-8", text: twiml };
  } catch (thrown) {
    return plain(400, `This is no TwiML: ${(thrown as Error).message}`);
  }
}

/**
 * `/echo?Twiml=…` answers with the TwiML that it was given, like Twilio's echo twimlet: for an address that must work
 * without any server of the app's, such as a fallback.
 */
export function handleEcho(req: IncomingMessage, res: ServerResponse): void {
  const send = async (): Promise<void> => {
    const { status, type, text } = await answerTo(req);
    res.writeHead(status, {
      "Content-Type": type,
      // What a stranger put into an address must not run as a page of ours.
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
    });
    res.end(text);
  };
  // A request that breaks off while its body is read has nobody to answer to.
  void send().catch(() => res.destroy());
}
