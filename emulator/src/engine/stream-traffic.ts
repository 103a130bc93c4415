import type { StreamBuffer } from "../media/stream-buffer.ts";
import type { AppSocket } from "../webhooks/app-socket.ts";
import type { StreamOrder } from "../world/stream-state.ts";
import { type Core, warn } from "./core.ts";
import type { Leg } from "./leg.ts";
import { startSound } from "./leg-sound.ts";
import { type StreamWriter, readStreamMessage } from "./stream-messages.ts";

interface Traffic {
  leg: Leg;
  order: StreamOrder;
  writer: StreamWriter;
  socket: AppSocket;
  buffer: StreamBuffer;
}

const PROTOCOL_ERROR = 31924;
const INVALID_MESSAGE = 31951;

export const TRACKS = {
  inbound_track: ["inbound"],
  outbound_track: ["outbound"],
  both_tracks: ["inbound", "outbound"],
} as const;

/** Sends the leg's sound, frame by frame. @returns stops */
function sendSound({ leg, order, writer, socket }: Traffic): () => void {
  const tracks = TRACKS[order.track];
  let turn = 0;
  const unlisten = leg.seat?.listen((said, heard) => {
    for (const track of tracks) socket.send(writer.media(track, track === "inbound" ? said : heard, turn));
    turn++;
  });
  return () => unlisten?.();
}

/** Sends keys, and plays the buffer. @returns stops */
function talkBack({ leg, writer, socket, buffer }: Traffic): () => void {
  const before = leg.onDigits;
  leg.onDigits = (digits) => {
    for (const digit of digits) socket.send(writer.dtmf(digit));
  };
  const silence = startSound(leg, "base", { kind: "stream", clip: buffer.clip });
  return () => {
    leg.onDigits = before;
    silence();
  };
}

/** @returns stops */
export function startTraffic(traffic: Traffic): () => void {
  const stops = [sendSound(traffic), ...(traffic.order.isBidirectional ? [talkBack(traffic)] : [])];
  return () => stops.forEach((stop) => stop());
}

/** Does what the app's messages say; the first that is wrong is warned of. */
export function createReceiver(
  core: Core,
  { sid, callSid }: { sid: string; callSid: string },
  { url, isBidirectional }: StreamOrder,
  buffer: StreamBuffer,
): (text: string | null) => void {
  let hasWarned = false;
  const complain = (code: number, problem: string): void => {
    if (hasWarned) return;
    hasWarned = true;
    warn(core, { callSid, code, message: `Stream: ${problem}`, url });
  };
  return (text) => {
    if (!isBidirectional)
      return complain(PROTOCOL_ERROR, "an app sends nothing in a stream of <Start>, which has one direction");
    const command = readStreamMessage(text, sid);
    if (typeof command === "string") return complain(INVALID_MESSAGE, command);
    if (command.event === "media") buffer.push(command.codes);
    else if (command.event === "mark") buffer.mark(command.name);
    else buffer.clear();
  };
}
