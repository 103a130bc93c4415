import type { Random } from "./random.ts";

/** SIDs that the emulator has shown, by their two letters. */
export interface Known {
  /** Remembers each SID in an answer or a webhook. */
  learn: (text: string) => void;
  /** A path that the emulator has shown and that fits, if there is one. */
  path(fits: RegExp, random: Random): string | undefined;
  /** A SID of this kind, mostly one that is there. */
  sid(kind: string, random: Random): string;
}

/** Older ones are mostly over. */
const [MOST, LATEST] = [12, 4];
const PATH = /\/2010-04-01\/Accounts\/[\w/%-]+\.json/g;
const SID = /\b([A-Z]{2})[0-9a-f]{32}\b/g;

const sidIn = (text: string, kind: string): string | undefined =>
  new RegExp(`${kind}[0-9a-f]{32}`).exec(text)?.[0];

/** Paths of what one webhook is about: a participant, a queue's member, a recording. */
function pathsIn(text: string): string[] {
  const [account, call] = [sidIn(text, "AC"), sidIn(text, "CA")];
  const [conference, queue, recording] = [sidIn(text, "CF"), sidIn(text, "QU"), sidIn(text, "RE")];
  const stream = sidIn(text, "MZ");
  if (!account || !call) return [];
  return [
    ...(conference ? [`Conferences/${conference}/Participants/${call}`, `Conferences/${conference}`] : []),
    ...(queue ? [`Queues/${queue}/Members/${call}`, `Queues/${queue}`] : []),
    ...(conference && recording ? [`Conferences/${conference}/Recordings/${recording}`] : []),
    ...(stream ? [`Calls/${call}/Streams/${stream}`] : []),
    ...(recording ? [`Calls/${call}/Recordings/${recording}`, `Recordings/${recording}`] : []),
  ].map((path) => `/2010-04-01/Accounts/${account}/${path}.json`);
}

export function createKnown(): Known {
  const seen = new Map<string, string[]>();
  const paths = new Set<string>();
  return {
    learn(text) {
      for (const path of [...[...text.matchAll(PATH)].map(([shown]) => shown), ...pathsIn(text)]) {
        paths.delete(path);
        paths.add(path);
      }
      for (const [sid, kind = ""] of text.matchAll(SID)) {
        const sids = seen.get(kind) ?? [];
        if (sids.includes(sid)) continue;
        seen.set(kind, [...sids, sid].slice(-MOST));
      }
    },
    path(fits, random) {
      const fitting = [...paths].filter((path) => fits.test(path)).slice(-LATEST);
      return fitting.length === 0 ? undefined : random.pick(fitting);
    },
    sid(kind, random) {
      const sids = seen.get(kind) ?? [];
      if (sids.length > 0 && random.chance(0.9)) return random.pick(sids);
      return (
        kind +
        random
          .int(2 ** 31)
          .toString(16)
          .padStart(32, "0")
      );
    },
  };
}
