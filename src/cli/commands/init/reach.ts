import type { Settings, Source } from "../../../config/settings.ts";
import { AppError } from "../../../errors.ts";

/** How Twilio reaches the server. */
export type Reach =
  | { kind: "given"; publicUrl: string }
  | { kind: "ngrok"; domain?: string | undefined }
  | { kind: "cloudflared" };

const STRENGTH: readonly Source[] = ["flag", "environment", ".env", "warm-transfer.json", "default"];

/**
 * What the settings say, and where: of a public URL and a tunnel, the one from the stronger source.
 * @throws AppError usage when both were said in the same breath
 */
export function reachOf({ publicUrl, tunnel }: Settings): { reach: Reach; source: Source } | undefined {
  const [url, program] = [publicUrl.value, tunnel.value];
  if (url === null && program === null) return undefined;
  const isSaidTwice = publicUrl.source === tunnel.source && url !== null && program !== null;
  if (isSaidTwice && publicUrl.source === "flag")
    throw new AppError("usage", "A public URL and a tunnel exclude each other.", {
      hint: "Give --public-url or --tunnel.",
    });
  const isUrl = url !== null && STRENGTH.indexOf(publicUrl.source) <= STRENGTH.indexOf(tunnel.source);
  if (isUrl) return { reach: { kind: "given", publicUrl: url }, source: publicUrl.source };
  return program === null ? undefined : { reach: program, source: tunnel.source };
}

/** For people. */
export function reachWords(reach: Reach): string {
  if (reach.kind === "given") return reach.publicUrl;
  if (reach.kind === "cloudflared") return "cloudflared";
  return reach.domain === undefined ? "ngrok" : `ngrok, ${reach.domain}`;
}
