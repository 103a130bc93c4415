import type { Leg, LegMaker } from "./leg.ts";
import { signalledLegs } from "./signalled-leg.ts";
import { type DataChannelLibrary, createWebrtcLeg } from "./webrtc-leg.ts";

/** Makers that use the library, over all emulators of this process: its threads end with the last of them. */
let users = 0;

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
    close() {
      const loading = library;
      library = undefined;
      // Without `cleanup` the library's threads keep the process alive.
      void loading?.then((loaded) => --users === 0 && loaded.cleanup());
    },
  };
}

/** The legs of an emulator: `webrtc` carries sound, `none` only signals. */
export function createLegMaker(media: "webrtc" | "none"): LegMaker {
  return media === "webrtc" ? webrtcLegs() : signalledLegs();
}
