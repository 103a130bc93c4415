import { reportOn, type Finding } from "../finding.ts";

const NEEDED = [20, 19] as const;

/** @param version such as `20.19.0` */
export function checkNode(version: string): Finding {
  const report = reportOn("node");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return report.ok(`Node ${version}.`);
  return report.failure(
    `Node ${version} is too old: warm-transfer needs ${NEEDED.join(".")} or later.`,
    "Install a later version from https://nodejs.org.",
  );
}
