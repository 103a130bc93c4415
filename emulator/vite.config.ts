import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The phone page. */
export default defineConfig({
  root: pathOf("phone-page"),
  base: "./",
  build: {
    outDir: pathOf("dist/phone-page"),
    emptyOutDir: true,
    modulePreload: false,
    // The page's content security policy allows no inline script.
    assetsInlineLimit: 0,
    rolldownOptions: { input: [pathOf("phone-page/phone.html")] },
  },
});
