import { parseTwiml, type TwimlDocument } from "./parse-twiml.ts";

/** A document that Twilio would not run, with its error code. */
export interface BadDocument {
  code: 12100 | 12300;
  message: string;
}

const TWIML_TYPES = new Set(["text/xml", "application/xml", "text/html"]);

/** TwiML, or 12100 for what is not. @param text of an answer or of REST's `Twiml` parameter */
export function readTwiml(text: string): TwimlDocument | BadDocument {
  try {
    return parseTwiml(text);
  } catch (error) {
    return { code: 12100, message: `Document parse failure: ${(error as Error).message}` };
  }
}

function readText(text: string): TwimlDocument {
  const document = readTwiml(text);
  if (!("code" in document)) return document;
  const say = { verb: "Say" as const, text: text.trim(), voice: "man", language: "en-US", loop: 1 };
  return { verbs: [say], warnings: [] };
}

/**
 * What an app's answer means by its type: TwiML, audio that is played, or text that is read aloud
 * (www.twilio.com/docs/voice/twiml, "Twilio understands MIME types").
 */
export function readAnswer(contentType: string | null, body: Buffer): TwimlDocument | BadDocument {
  const type = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (body.length === 0) return { verbs: [], warnings: [] };
  if (TWIML_TYPES.has(type)) return readTwiml(body.toString("utf8"));
  if (type.startsWith("audio/"))
    return {
      verbs: [
        { verb: "Audio", bytes: body },
        { verb: "Hangup", parameters: {} },
      ],
      warnings: [],
    };
  if (type === "text/plain") return readText(body.toString("utf8"));
  return { code: 12300, message: `Invalid Content-Type: ${type || "none"}` };
}
