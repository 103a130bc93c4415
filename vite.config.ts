import { defineConfig } from "vite";

/** The agent's page and the customer's phone page. */
export default defineConfig({
  root: "agent-page",
  base: "./",
  build: {
    outDir: "../dist/agent-page",
    emptyOutDir: true,
    modulePreload: false,
    // The pages' content security policy allows no inline script.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ["agent-page/index.html", "agent-page/phone.html"],
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
