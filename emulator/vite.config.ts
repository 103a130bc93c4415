import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The phone page, and the script of the inspector's page, which has no other built part. */
export default defineConfig({
  root: pathOf("phone-page"),
  base: "./",
  build: {
    outDir: pathOf("dist/phone-page"),
    emptyOutDir: true,
    modulePreload: false,
    // The page's content security policy allows no inline script.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { phone: pathOf("phone-page/phone.html"), inspector: pathOf("inspector-page/main.ts") },
      output: {
        entryFileNames: ({ name }) => (name === "inspector" ? "inspector.js" : "assets/[name]-[hash].js"),
      },
    },
  },
});
