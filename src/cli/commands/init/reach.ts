import type { Settings, Source } from "../../../config/settings.ts";
import { AppError } from "../../../errors.ts";

/** How Twilio reaches the server. */
export type Reach =
  | { kind: "given"; publicUrl: string }
  | { kind: "ngrok"; domain?: string | undefined }
  | { kind: "cloudflared" };

const STRENGTH: readonly Source[] = ["flag", "environment", ".env", "warm-transfer.json", "default"];

/**
 * A public URL or a tunnel, whichever has the source of higher precedence.
 * @throws AppError usage when both are flags
 */
export function reachOf({ publicUrl, tunnel }: Settings): { reach: Reach; source: Source } | undefined {
  const [url, program] = [publicUrl.value, tunnel.value];
  if (url === null && program === null) return undefined;
  const isAmbiguous = publicUrl.source === tunnel.source && url !== null && program !== null;
  if (isAmbiguous && publicUrl.source === "flag")
    throw new AppError("usage", "--public-url and --tunnel exclude each other.", {
      hint: "Pass one of them.",
    });
  const isUrl = url !== null && STRENGTH.indexOf(publicUrl.source) <= STRENGTH.indexOf(tunnel.source);
  if (isUrl) return { reach: { kind: "given", publicUrl: url }, source: publicUrl.source };
  return program === null ? undefined : { reach: program, source: tunnel.source };
}

export function reachWords(reach: Reach): string {
  if (reach.kind === "given") return reach.publicUrl;
  if (reach.kind === "cloudflared") return "cloudflared";
  return reach.domain === undefined ? "ngrok" : `ngrok, ${reach.domain}`;
}
