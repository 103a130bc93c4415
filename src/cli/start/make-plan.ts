import { join, resolve } from "node:path";
import type { TunnelChoice } from "../../compose/tunnel.ts";
import { loadSettings, serverConfig } from "../../config/load.ts";
import type { Settings } from "../../config/settings.ts";
import { stateFolder } from "../../config/state-folder.ts";
import { AppError } from "../../errors.ts";
import { agentName } from "../../wire/agent-name.ts";
import type { Context } from "../context.ts";
import type { ServicePlan } from "../service/plan.ts";

export interface StartFlags {
  port?: number;
  publicUrl?: string;
  tunnel?: "ngrok" | "cloudflared";
  ngrokDomain?: string;
  number?: string;
  agents?: string[];
  language?: "en" | "ja";
  /** Point the number without a prompt. */
  yes?: boolean;
  takeOver?: boolean;
  /** For the tunnel, the public URL and each request to Twilio, in milliseconds. */
  timeout?: number;
  /** Milliseconds. True: the default. */
  drain?: number | true;
  log?: string;
  numbers?: boolean;
}

function noPublicUrl(): AppError {
  return new AppError("config", "No public URL or tunnel is configured.", {
    hint: "Set NGROK_AUTHTOKEN, or pass --tunnel cloudflared or --public-url https://HOST.",
  });
}

function tunnelOf(kind: "ngrok" | "cloudflared", settings: Settings, flags: StartFlags): TunnelChoice {
  if (kind === "cloudflared") return { kind };
  const { tunnel, ngrokAuthtoken } = settings;
  const domain = flags.ngrokDomain ?? (tunnel.value?.kind === "ngrok" ? tunnel.value.domain : undefined);
  return { kind, authtoken: ngrokAuthtoken.value, domain };
}

/** Precedence: flags, a public URL, a configured tunnel, then ngrok if there is an authtoken. */
function chooseTunnel(settings: Settings, flags: StartFlags): TunnelChoice {
  const { publicUrl, tunnel, ngrokAuthtoken } = settings;
  const asked = flags.tunnel ?? (flags.ngrokDomain === undefined ? undefined : "ngrok");
  if (asked !== undefined) return tunnelOf(asked, settings, flags);
  if (publicUrl.value !== null) return { kind: "given", url: publicUrl.value };
  if (tunnel.value !== null) return tunnelOf(tunnel.value.kind, settings, flags);
  if (ngrokAuthtoken.value !== "") return tunnelOf("ngrok", settings, flags);
  throw noPublicUrl();
}

/** On a terminal the log would cover the table, and SIGHUP means that the terminal is gone. */
function chooseLog({ log }: StartFlags, { cwd, output }: Context): ServicePlan["log"] {
  const reopens = !output.isStderrTerminal;
  if (log === "-") return "stderr";
  if (log !== undefined) return { file: resolve(cwd, log), reopens };
  return reopens ? "stderr" : { file: join(stateFolder(cwd), "server.log"), reopens };
}

/** @throws AppError config that names what is missing or wrong */
export async function makePlan(flags: StartFlags, context: Context): Promise<ServicePlan> {
  const { cwd, env } = context;
  const { port, publicUrl, number, language } = flags;
  const agents = flags.agents?.map((id) => ({ id, name: agentName(id) }));
  const settings = await loadSettings({ cwd, env, flags: { port, publicUrl, number, language, agents } });
  const config = serverConfig(settings);
  const tunnel = chooseTunnel(settings, flags);
  return {
    config: { ...config, publicUrl: tunnel.kind === "given" ? config.publicUrl : null },
    tunnel,
    takeOver: flags.takeOver === true,
    timeoutMs: flags.timeout,
    dir: stateFolder(cwd),
    log: chooseLog(flags, context),
  };
}
