import type { IncomingMessage, ServerResponse } from "node:http";
import type { World } from "../types.ts";
import { TwilioError } from "../engine/engine.ts";
import { oneChannel } from "../media/one-channel.ts";
import { writeWav } from "../media/write-wav.ts";
import { notFound, notImplemented } from "./errors.ts";
import { respondError } from "./respond.ts";

const MEDIA = /^\/2010-04-01\/Accounts\/(AC\w{32})\/Recordings\/(RE\w{32})(\.wav|\.mp3)?$/;

/**
 * The sound of a recording as a WAV file, in one channel with `RequestedChannels=1`, for anyone with its address: Twilio requires no credentials either, unless
 * the account's settings say so (www.twilio.com/docs/voice/api/recording#fetch-a-recording-media-file).
 * @returns false for any other request
 */
export function createMediaHandler(world: World): (req: IncomingMessage, res: ServerResponse) => boolean {
  return (req, res) => {
    const [uri = "", query] = (req.url ?? "").split("?");
    const wanted = Number(new URLSearchParams(query).get("RequestedChannels") ?? 0);
    const [, account, sid, ending] = MEDIA.exec(uri) ?? [];
    if (sid === undefined || (req.method !== "GET" && req.method !== "HEAD")) return false;
    const startedAt = performance.now();
    const recording = account === world.account.accountSid ? world.recordings.get(sid) : undefined;
    if (recording?.status !== "completed") respondError(res, startedAt, notFound(uri));
    else if (wanted > recording.channels)
      respondError(res, startedAt, new TwilioError(16113, "The recording has one channel"));
    else if (ending === ".mp3") respondError(res, startedAt, notImplemented("A recording as MP3"));
    else {
      const { samples, channels } = recording;
      const file = wanted === 1 ? writeWav(oneChannel(samples, channels)) : writeWav(samples, channels);
      res.writeHead(200, { "Content-Type": "audio/x-wav", "Content-Length": file.length });
      res.end(req.method === "HEAD" ? undefined : file);
    }
    return true;
  };
}
