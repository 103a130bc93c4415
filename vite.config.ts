import { type Plugin, defineConfig } from "vite";

/** Files of packages that the pages load and never run: 4.5 kB of script (gzip). The code takes their place. */
const UNUSED: Readonly<Record<string, string>> = {
  // No chunk has styles or imports of its own that would have to be fetched first.
  "vite/preload-helper.js": "export const __vitePreload = (load) => load();",
  // `Device.runPreflight`, a test call to Twilio.
  "esm/twilio/preflight/preflight.js": "export class PreflightTest {}",
  // For browsers whose `getStats` returns no promise.
  "esm/twilio/rtc/mockrtcstatsreport.js": "export default class MockRTCStatsReport {}",
};

/** Leaves `UNUSED` out of the bundle, and fails the build when a file is no longer where it was. */
function withoutUnused(): Plugin {
  const missing = new Set(Object.keys(UNUSED));
  return {
    name: "without-unused",
    enforce: "pre",
    load(id) {
      const file = Object.keys(UNUSED).find((name) => id.endsWith(name));
      if (file === undefined) return null;
      missing.delete(file);
      return UNUSED[file];
    },
    buildEnd(error) {
      if (!error && missing.size > 0)
        this.error(`not part of the bundle any more: ${[...missing].join(", ")}`);
    },
  };
}

/** The agent's page. */
export default defineConfig({
  root: "agent-page",
  base: "./",
  plugins: [withoutUnused()],
  build: {
    outDir: "../dist/agent-page",
    emptyOutDir: true,
    modulePreload: false,
    // The pages' content security policy allows no inline script.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ["agent-page/index.html"],
      output: {
        codeSplitting: {
          groups: [
            {
              name: "page",
              test: /agent\/(dom\/(elements|keyed-list|button-group)|sound\/chosen-devices)|agent\/main|voice-sdk/,
            },
          ],
        },
      },
    },
  },
});
