import type { Emulator } from "../emulator.ts";
import type { Paint } from "./paint.ts";

const NO_VOICE_URL = "not set: pass --voice-url, or update the number by REST";

/** Credentials, how to point the official libraries here, and the pages. */
export function bannerOf(emulator: Emulator, paint: Paint): string[] {
  const { url, credentials, numbers, applications } = emulator;
  const { accountSid, authToken, apiKey, apiSecret } = credentials;
  const [number] = numbers;
  const [application] = applications;
  return [
    "",
    `${paint.bold(paint.green("The local Twilio is ready."))} Its account, for your app's environment:`,
    "",
    `  TWILIO_ACCOUNT_SID=${accountSid}`,
    `  TWILIO_AUTH_TOKEN=${authToken}`,
    `  TWILIO_API_KEY=${apiKey}`,
    `  TWILIO_API_SECRET=${apiSecret}`,
    `  TWILIO_NUMBER=${number?.phoneNumber}`,
    ...(application ? [`  TWILIO_TWIML_APP_SID=${application.sid}`] : []),
    "",
    `${paint.bold("REST")}       ${paint.cyan(url)} in place of https://api.twilio.com`,
    ...(emulator.https ? proxyWords(url, emulator.https) : clientWords(url)).map(
      (line) => `           ${paint.dim(line)}`,
    ),
    `${paint.bold("Browser")}    ${paint.cyan(`${url}/voice-sdk-shim.js`)}, loaded before @twilio/voice-sdk`,
    `${paint.bold("Phone")}      ${paint.cyan(`${url}/phone`)} rings the number`,
    `${paint.bold("Inspector")}  ${paint.cyan(`${url}/inspector`)} shows every webhook with its answer`,
    `${paint.bold("Voice URL")}  ${number?.voiceUrl || NO_VOICE_URL}`,
    "",
    paint.dim("Ctrl-C ends everything. Nothing is kept."),
    "",
  ];
}

/** An app of any language, with its code unchanged. */
function proxyWords(url: string, https: NonNullable<Emulator["https"]>): string[] {
  return [
    `${https.url} serves the same by TLS. An app that knows only https://api.twilio.com needs:`,
    `HTTPS_PROXY=${url}   (Twilio's Node package: HTTP_PROXY)`,
    `NODE_EXTRA_CA_CERTS=${https.authority}`,
    "or, with the same file, SSL_CERT_FILE, REQUESTS_CA_BUNDLE, or the JVM's trust store",
  ];
}

/** The official libraries take a base URL only through their HTTP client. */
function clientWords(url: string): string[] {
  return [
    "Node: every request goes through one RequestClient. Send it here:",
    "const { RequestClient } = twilio; const client = new RequestClient();",
    "const httpClient = { request: (o) => client.request({ ...o,",
    `  uri: o.uri.replace("https://api.twilio.com", "${url}") }) };`,
    "twilio(accountSid, authToken, { httpClient })",
  ];
}
