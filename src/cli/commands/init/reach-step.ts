import { publicUrlMistake } from "../../../config/public-url.ts";
import type { Prompts } from "../../terminal/prompts.ts";
import { checkSecret } from "./account-step.ts";
import { type Reach, reachOf } from "./reach.ts";
import { type Step, isExplicit } from "./step.ts";

export interface ReachSettings {
  reach: Reach;
  /** Empty unless the tunnel is ngrok. */
  ngrokAuthtoken: string;
}

function checkPublicUrl(text: string): true | string {
  const mistake = publicUrlMistake(text.trim());
  return mistake === undefined || `${mistake.message} ${mistake.hint}`;
}

async function askDomain(prompts: Prompts, preset: string | undefined): Promise<{ domain?: string }> {
  const domain = await prompts.text({
    message: "Your ngrok domain, which keeps the public URL the same (empty: a random one)",
    check: (text) =>
      /^([a-z0-9-]+(\.[a-z0-9-]+)+)?$/.test(text.trim()) || "Enter a host name, without https://.",
    ...(preset === undefined ? {} : { default: preset }),
  });
  return domain === "" ? {} : { domain };
}

async function ask(prompts: Prompts, present: Reach | undefined): Promise<Reach> {
  const kind = await prompts.choose<Reach["kind"]>({
    message: "How does Twilio reach this machine?",
    choices: [
      { name: "ngrok", value: "ngrok", description: "A tunnel. Needs the authtoken of a free account." },
      { name: "cloudflared", value: "cloudflared", description: "A tunnel. Needs the cloudflared program." },
      {
        name: "Your own public URL",
        value: "given",
        description: "Your own proxy, which forwards to the server.",
      },
    ],
    ...(present ? { default: present.kind } : {}),
  });
  if (kind === "cloudflared") return { kind };
  if (kind === "ngrok")
    return { kind, ...(await askDomain(prompts, present?.kind === "ngrok" ? present.domain : undefined)) };
  const preset = present?.kind === "given" ? { default: present.publicUrl } : {};
  return { kind, publicUrl: await prompts.text({ message: "Public URL", check: checkPublicUrl, ...preset }) };
}

/** Chooses how Twilio reaches the server; opens nothing yet. */
export async function chooseReach({ settings, prompts }: Step): Promise<ReachSettings> {
  const given = reachOf(settings);
  const isAsked = prompts !== null && !(given && isExplicit(given));
  const reach = isAsked ? await ask(prompts, given?.reach) : given?.reach;
  if (!reach) throw new Error("how the server is reached was asserted to be given");
  if (reach.kind !== "ngrok") return { reach, ngrokAuthtoken: "" };
  const token = settings.ngrokAuthtoken.value;
  if (token !== "" || !prompts) return { reach, ngrokAuthtoken: token };
  const message = "ngrok's authtoken (dashboard.ngrok.com)";
  return { reach, ngrokAuthtoken: await prompts.secret({ message, check: checkSecret("The authtoken") }) };
}
