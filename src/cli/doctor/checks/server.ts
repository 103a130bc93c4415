import { sendSignedRequest } from "../../../compose/signed-request.ts";
import type { Settings } from "../../../config/settings.ts";
import { isLoopback } from "../../../loopback.ts";
import { checkRoundTrip } from "../../service/round-trip.ts";
import { type Finding, reportOn } from "../finding.ts";
import type { LocalServer } from "../local-server.ts";

const TIMEOUT_MS = 5_000;

async function checkPublicUrl(
  { publicUrl, instance, localUrl }: LocalServer,
  tryMs: number,
): Promise<Finding> {
  const report = reportOn("public url");
  try {
    const server = { instance, port: Number(new URL(localUrl).port) };
    await checkRoundTrip(publicUrl, server, { patienceMs: 0, tryMs });
    return report.ok(`${publicUrl} leads to this server.`);
  } catch (thrown) {
    return report.failed(thrown);
  }
}

async function checkSignature(
  { publicUrl }: LocalServer,
  { accountSid, authToken }: Settings,
  timeoutMs: number,
): Promise<Finding> {
  const report = reportOn("signature");
  const { signed, unsigned } = await sendSignedRequest({
    publicUrl,
    accountSid: accountSid.value,
    authToken: authToken.value,
    timeoutMs,
  });
  if (signed === 200 && unsigned === 403)
    return report.ok(
      "The server accepts a request signed with the auth token, and refuses one without a signature.",
    );
  if (signed === 403)
    return report.failure(
      "The server refuses requests signed with this auth token for this public URL.",
      "Restart it so that it reads the settings again: warm-transfer start",
    );
  return report.failure(
    `The public URL answers HTTP ${signed} to a signed request and HTTP ${unsigned} to an unsigned one.`,
    "Check the proxy or tunnel in between: it must pass POST requests on unchanged.",
  );
}

/** Browsers allow a microphone over TLS, and on this machine's own addresses (w3.org/TR/secure-contexts). */
async function checkPage({ publicUrl }: LocalServer, timeoutMs: number): Promise<Finding> {
  const report = reportOn("agent page");
  const { protocol, hostname } = new URL(publicUrl);
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await fetch(`${publicUrl}/`, { signal, headers: { "ngrok-skip-browser-warning": "1" } });
  const isPage = (await answer.text()).includes("<html");
  if (!answer.ok || !isPage)
    return report.failure(`The agent page answers HTTP ${answer.status}.`, "Build it: npm run build");
  if (protocol === "https:" || isLoopback(hostname))
    return report.ok("It loads from an address where browsers allow a microphone.");
  return report.failure("It has no TLS, so browsers allow no microphone.", "Use a public URL with https://.");
}

/**
 * Whether requests through the public URL reach the running server.
 * @param timeoutMs for each response, in milliseconds
 */
export async function checkServer(
  running: LocalServer,
  settings: Settings,
  timeoutMs = TIMEOUT_MS,
): Promise<Finding[]> {
  const publicUrl = await checkPublicUrl(running, timeoutMs);
  if (publicUrl.state !== "ok")
    return [
      publicUrl,
      ...["signature", "agent page"].map((check) => reportOn(check).notChecked("see public url")),
    ];
  const [signature, page] = await Promise.all([
    checkSignature(running, settings, timeoutMs).catch((thrown: unknown) =>
      reportOn("signature").failed(thrown),
    ),
    checkPage(running, timeoutMs).catch((thrown: unknown) => reportOn("agent page").failed(thrown)),
  ]);
  return [publicUrl, signature, page];
}
