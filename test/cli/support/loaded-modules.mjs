// Preloaded into a child: writes the address of every module that is loaded to the file named in LOADED_MODULES.
import { appendFileSync } from "node:fs";
import { createRequire, register } from "node:module";

const hook = `
  import { appendFileSync } from "node:fs";
  export async function load(url, context, next) {
    appendFileSync(process.env.LOADED_MODULES, url + "\\n");
    return next(url, context);
  }`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
process.on("exit", () => {
  for (const path of Object.keys(createRequire(import.meta.url).cache))
    appendFileSync(process.env.LOADED_MODULES, `file://${path}\n`);
});
