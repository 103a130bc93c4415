import { decodeMuLaw } from "../../src/media/g711.ts";
import { powerAt } from "../../src/people/ear.ts";
import type { EmulatorOptions } from "../../src/types.ts";
import { type Connection, type Message, startSocketApp } from "../support/socket-app.ts";
import { startEmulatorStage } from "../support/emulator-stage.ts";

/** A call whose document is given, with an app that takes WebSockets. `{ws}` in the document is the app's address. */
export async function streaming(document: string, options: EmulatorOptions = {}) {
  const stage = await startEmulatorStage(options);
  const sockets = await startSocketApp(stage.emulator.credentials.authToken);
  stage.app.on("/voice", document.replaceAll("{ws}", sockets.url));
  stage.app.on("/next", "<Say>Next.</Say><Pause length='60'/>");
  return { ...stage, sockets, codes: () => stage.warnings().map(({ code }) => code) };
}

export const eventsOf = ({ messages }: Connection): string[] =>
  messages.map(({ event }) => String(event)).filter((event) => event !== "media");

interface Media {
  track: string;
  chunk: string;
  timestamp: string;
  payload: string;
}

/** The `media` of a track, oldest first. */
export function mediaOf({ messages }: Connection, track: "inbound" | "outbound"): Media[] {
  return messages
    .flatMap(({ event, media }) => (event === "media" ? [media as Media] : []))
    .filter((media) => media.track === track);
}

/** The loudness of a tone in a track, in dB of full scale. */
export function loudnessOf(connection: Connection, track: "inbound" | "outbound", hz: number): number {
  const samples = mediaOf(connection, track).flatMap(({ payload }) => [
    ...decodeMuLaw(Buffer.from(payload, "base64")),
  ]);
  return 10 * Math.log10(powerAt(samples, hz) + 1e-12);
}

export const streamSidOf = ({ messages }: Connection): string =>
  String(messages.find(({ event }) => event === "start")?.streamSid);

/** A `media` message of 20 ms, whose mu-law codes are all the same. */
export const mediaMessage = (streamSid: string, code: number, ms = 20): Message => ({
  event: "media",
  streamSid,
  media: { payload: Buffer.alloc(ms * 8, code).toString("base64") },
});

export const markMessage = (streamSid: string, name: string): Message => ({
  event: "mark",
  streamSid,
  mark: { name },
});
