import { type Certificate, createCertificate } from "./certificate.ts";
import type { Leg, LegMaker } from "./leg.ts";
import { nothingHeld } from "./native-handles.ts";
import { signalledLegs } from "./signalled-leg.ts";
import type { DataChannelLibrary } from "./peer.ts";
import { createWebrtcLeg } from "./webrtc-leg.ts";

/** Makers that use the library, over all emulators of this process: its threads end with the last of them. */
let users = 0;

const LONGEST_CLOSE_MS = 3000;

interface Parts {
  library: DataChannelLibrary;
  certificate: Certificate;
}

async function load(): Promise<Parts> {
  const [{ default: library }, certificate] = await Promise.all([
    import("node-datachannel"),
    createCertificate(),
  ]);
  users++;
  return { library, certificate };
}

function webrtcLegs(): LegMaker {
  let parts: Promise<Parts> | undefined;
  let made = 0;
  return {
    prepare() {
      parts ??= load();
      // The caller of `make` gets this failure.
      parts.catch(() => {});
    },
    async make(): Promise<Leg> {
      const { library, certificate } = await (parts ??= load());
      return createWebrtcLeg(library, certificate, `leg-${++made}`);
    },
    async close() {
      const loaded = await parts?.catch(() => undefined);
      parts = undefined;
      if (!loaded) return;
      const { library } = loaded;
      // The last one cleans up, unless another emulator comes while it waits.
      if (--users > 0) return;
      if ((await nothingHeld(LONGEST_CLOSE_MS)) && users === 0) library.cleanup();
    },
  };
}

/** The legs of an emulator: `webrtc` carries sound, `none` only signals. */
export function createLegMaker(media: "webrtc" | "none"): LegMaker {
  return media === "webrtc" ? webrtcLegs() : signalledLegs();
}
