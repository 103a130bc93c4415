import { encodeMuLaw } from "../media/g711.ts";
import { FRAME_MS, FRAME_SAMPLES, type Frame } from "../media/port.ts";

/** What an app may send in a bidirectional stream. */
export type StreamCommand =
  | { event: "media"; codes: Uint8Array }
  | { event: "mark"; name: string }
  | { event: "clear" };

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

function parse(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** @returns what is wrong with a message that Twilio would not take (www.twilio.com/docs/api/errors/31951) */
export function readStreamMessage(text: string | null, streamSid: string): StreamCommand | string {
  const message = text === null ? null : parse(text);
  if (!message) return "a message is not a JSON object";
  const { event, media, mark } = message;
  if (event !== "media" && event !== "mark" && event !== "clear")
    return `an app sends media, mark and clear, not ${JSON.stringify(event)?.slice(0, 100)}`;
  if (message.streamSid !== streamSid) return `the streamSid of ${event} is not this stream's`;
  if (event === "clear") return { event };
  if (event === "mark") {
    if (!isObject(mark) || typeof mark.name !== "string") return "mark lacks mark.name";
    return { event, name: mark.name };
  }
  if (!isObject(media) || typeof media.payload !== "string") return "media lacks media.payload";
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(media.payload)) return "media.payload is not base64";
  return { event, codes: Buffer.from(media.payload, "base64") };
}

/** Words the messages of a stream (www.twilio.com/docs/voice/media-streams/websocket-messages). */
export interface StreamWriter {
  connected(): object;
  start(tracks: readonly string[], customParameters: Readonly<Record<string, string>>): object;
  /** @param turn how many frames of its track came before */
  media(track: "inbound" | "outbound", frame: Frame, turn: number): object;
  dtmf(digit: string): object;
  mark(name: string): object;
  stop(): object;
}

const MEDIA_FORMAT = { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 };

export function createStreamWriter(sids: {
  accountSid: string;
  callSid: string;
  streamSid: string;
}): StreamWriter {
  const { accountSid, callSid, streamSid } = sids;
  let sequence = 0;
  let chunk = 0;
  const word = (event: string, content: object): object => {
    const sequenceNumber = String(++sequence);
    return { event, sequenceNumber, [event]: content, streamSid };
  };
  return {
    connected: () => ({ event: "connected", protocol: "Call", version: "1.0.0" }),
    start: (tracks, customParameters) =>
      word("start", { accountSid, streamSid, callSid, tracks, mediaFormat: MEDIA_FORMAT, customParameters }),
    media(track, frame, turn) {
      const codes = Buffer.alloc(FRAME_SAMPLES);
      encodeMuLaw(frame, codes);
      const timestamp = String(turn * FRAME_MS);
      return word("media", { track, chunk: String(++chunk), timestamp, payload: codes.toString("base64") });
    },
    dtmf: (digit) => word("dtmf", { track: "inbound_track", digit }),
    mark: (name) => word("mark", { name }),
    stop: () => word("stop", { accountSid, callSid }),
  };
}
