import { defineConfig } from "vite";

/** The agent's page and the customer's phone page. */
export default defineConfig({
  root: "agent-page",
  base: "./",
  build: {
    outDir: "../dist/agent-page",
    emptyOutDir: true,
    // The pages' content security policy allows no inline script.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: ["agent-page/index.html", "agent-page/phone.html"] },
  },
});
