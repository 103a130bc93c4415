import type { Leg, LegMaker } from "./leg.ts";
import { nothingHeld } from "./native-handles.ts";
import { signalledLegs } from "./signalled-leg.ts";
import { type DataChannelLibrary, createWebrtcLeg } from "./webrtc-leg.ts";

/** Makers that use the library, over all emulators of this process: its threads end with the last of them. */
let users = 0;

const LONGEST_CLOSE_MS = 3000;

function webrtcLegs(): LegMaker {
  let library: Promise<DataChannelLibrary> | undefined;
  let made = 0;
  const load = async (): Promise<DataChannelLibrary> => {
    const { default: loaded } = await import("node-datachannel");
    users++;
    return loaded;
  };
  return {
    async make(): Promise<Leg> {
      const loaded = await (library ??= load());
      return createWebrtcLeg(loaded, `leg-${++made}`);
    },
    async close() {
      if (!library) return;
      const loaded = await library;
      library = undefined;
      // The last one cleans up, unless another emulator comes while it waits.
      if (--users > 0) return;
      if ((await nothingHeld(LONGEST_CLOSE_MS)) && users === 0) loaded.cleanup();
    },
  };
}

/** The legs of an emulator: `webrtc` carries sound, `none` only signals. */
export function createLegMaker(media: "webrtc" | "none"): LegMaker {
  return media === "webrtc" ? webrtcLegs() : signalledLegs();
}
