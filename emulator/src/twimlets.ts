import type { IncomingMessage, ServerResponse } from "node:http";
import { parseTwiml } from "./twiml/parse-twiml.ts";

const MAX_BODY_BYTES = 64 * 1024;

/** Query and form together. A form that is too large counts as empty. */
async function fieldsOf(req: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  const form = size > MAX_BODY_BYTES ? "" : Buffer.concat(chunks).toString();
  const { searchParams } = new URL(req.url ?? "/", "http://localhost");
  return new URLSearchParams([...searchParams, ...new URLSearchParams(form)]);
}

/** @throws Error that says what is wrong with the fields */
function echo(fields: URLSearchParams): string {
  const twiml = fields.get("Twiml");
  if (twiml === null) throw new Error("Send the TwiML in the parameter Twiml.");
  try {
    parseTwiml(twiml);
  } catch (thrown) {
    throw new Error(`This is no TwiML: ${(thrown as Error).message}`, { cause: thrown });
  }
  return twiml;
}

const escaped = (text: string): string =>
  text.replace(/[<>&]/g, (sign) => `&#${String(sign.codePointAt(0))};`);

/** Music of Twilio's buckets is the emulator's own, as for every `<Play>` of another machine. */
function holdMusic(fields: URLSearchParams): string {
  const bucket = fields.get("Bucket") ?? "com.twilio.music.classical";
  if (!/^[\w.-]+$/.test(bucket)) throw new Error("Bucket is the name of a bucket at Amazon S3.");
  const message = fields.get("Message") ?? "";
  const music = (loop: string) => `<Play${loop}>http://${bucket}.s3.amazonaws.com/music.mp3</Play>`;
  const content =
    message === "" ? music(' loop="0"') : `<Say>${escaped(message)}</Say>${music("")}<Redirect/>`;
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${content}</Response>`;
}

/** Twilio's twimlets that need no server of the app's (www.twilio.com/labs/twimlets), by their path. */
const TWIMLETS: Record<string, (fields: URLSearchParams) => string> = {
  "/echo": echo,
  "/holdmusic": holdMusic,
};

export const isTwimlet = (path: string): boolean => Object.hasOwn(TWIMLETS, path);

/** The address at which this emulator serves a twimlet of Twilio's; undefined for every other address. */
export function localTwimlet(url: URL, emulator: string): URL | undefined {
  const isOurs = /^(www\.)?twimlets\.com$/.test(url.hostname) && isTwimlet(url.pathname);
  return isOurs ? new URL(`${url.pathname}${url.search}`, emulator) : undefined;
}

interface Reply {
  status: number;
  type: string;
  text: string;
}

/** The TwiML, or what is wrong with the request. */
async function answerTo(req: IncomingMessage): Promise<Reply> {
  const refusal = (status: number, text: string): Reply => ({
    status,
    type: "text/plain; charset=utf-8",
    text: `${text}\n`,
  });
  if (req.method !== "GET" && req.method !== "POST")
    return refusal(405, "Only GET and POST are possible here.");
  const twimlet = TWIMLETS[(req.url ?? "/").split("?")[0] ?? "/"];
  if (!twimlet) return refusal(404, "There is no such twimlet here.");
  try {
    return { status: 200, type: "text/xml; charset=utf-8", text: twimlet(await fieldsOf(req)) };
  } catch (thrown) {
    return refusal(400, (thrown as Error).message);
  }
}

/** `/echo?Twiml=…` answers with the TwiML that it was given; `/holdmusic?Bucket=…&Message=…` plays music. */
export function handleTwimlet(req: IncomingMessage, res: ServerResponse): void {
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
