import { isLoopback } from "../loopback-host.ts";
import type { Clip } from "../media/sounds.ts";
import { warn } from "./core.ts";
import { cacheClip, cachedClip } from "./clip-cache.ts";
import type { Run } from "./run.ts";

const MAX_BYTES = 16 * 1024 * 1024;

/** Other kinds of audio (MP3, …) play as the built-in music, for the length of a short piece. */
const MUSIC_MS = 60_000;

/** A stand-in for what cannot be decoded or must not be fetched. */
function music(run: Run): Clip {
  const clip = run.core.clips.music();
  return { ...clip, start: () => clip.start(), durationMs: Math.min(clip.durationMs, MUSIC_MS) };
}

/** The clip for an audio file: a WAV file as it is, anything else as music. A broken WAV file causes a warning. */
export function decode(run: Run, bytes: Uint8Array, url: string | null): Clip {
  try {
    return run.core.clips.wav(bytes);
  } catch (error) {
    const isWav = Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "RIFF";
    if (isWav) {
      const { message } = error as Error;
      warn(run.core, { callSid: run.leg.call.sid, code: 12300, message, url });
    }
    return music(run);
  }
}

/** The audio at an address; undefined when the app did not give it. No request leaves this machine for a sound. */
export async function fetchClip(run: Run, url: string): Promise<Clip | undefined> {
  const { core, leg } = run;
  const callSid = leg.call.sid;
  if (!isLoopback(new URL(url).hostname)) return music(run);
  const cached = cachedClip(core, url);
  if (cached) return cached;
  const order = { kind: "play", url, method: "GET", params: {}, callSid, conferenceSid: null } as const;
  const reply = await core.turns.track(
    core.webhooks.request({ ...order, cookies: leg.cookies, maxBytes: MAX_BYTES }),
  );
  run.signal.throwIfAborted();
  if (!reply.ok) return undefined;
  const isAudio =
    /^audio\//i.test(reply.page.contentType ?? "") || /\.wav$/i.test(new URL(reply.url).pathname);
  if (!isAudio) {
    const message = `<Play> got ${reply.page.contentType ?? "no type"} in place of audio: music instead`;
    warn(core, { callSid, code: 12300, message, url });
    return music(run);
  }
  return cacheClip(core, url, decode(run, reply.page.body, url), reply.page.headers["cache-control"]);
}
