import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it, onTestFinished } from "vitest";

/** Says more than any pipe holds, then ends as the command line does. */
const CHATTERBOX = `
  const { createLog } = await import(${JSON.stringify(new URL("../../dist/compose/log.js", import.meta.url).href)});
  const log = await createLog({ destination: "stderr", level: "info" });
  for (let i = 0; i < 5000; i++) log.info("x".repeat(100), { i });
  console.log("not held up");
  await log.close();
  console.log("closed");
  process.exit(0);
`;

it.each([
  ["has gone", "read -r _"],
  // For longer than the test may take.
  ["does not read on", "sleep 600"],
])("a log on standard error delays neither calls nor the end when its reader %s", async (_name, reader) => {
  // A shell's pipe, which blocks: the one that Node makes does not.
  const pipeline = `exec 3>&1; (node --input-type=module -e "$CHATTERBOX" 2>&1 >&3; echo "exit $?" >&3) | (exec >/dev/null 3>&-; ${reader})`;
  const env = { ...process.env, CHATTERBOX };
  const child = spawn("sh", ["-c", pipeline], { env, stdio: ["ignore", "pipe", "inherit"], detached: true });
  // With the reader, which is the rest of its group.
  const ended = once(child, "close");
  onTestFinished(async () => {
    if (child.exitCode === null) process.kill(-(child.pid ?? 0));
    await ended;
  });
  let said = "";
  for await (const chunk of child.stdout) if ((said += String(chunk)).includes("exit")) break;
  expect(said).toBe("not held up\nclosed\nexit 0\n");
});
