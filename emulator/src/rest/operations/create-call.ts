import { words } from "../words.ts";
import { type DialOrder, TwilioError } from "../../engine/engine.ts";
import type { World } from "../../types.ts";
import { hooksOf } from "../../world/addresses.ts";
import { type Parsed, defineOperation } from "../operation.ts";
import { calledParty, callerId } from "../parameters/endpoint.ts";
import { httpMethod, integer, sid, text, textUpTo } from "../parameters/parsers.ts";
import {
  asyncAmdParameters,
  machineDetectionOf,
  machineDetectionParameters,
} from "../parameters/machine-detection.ts";
import { SIP_CREDENTIALS } from "../parameters/endpoint.ts";
import { callRecording, recordingParameters } from "../parameters/recording-order.ts";
import { callEvents, callStatusCallback, statusCallbackParameters } from "../parameters/status-callback.ts";
import { hookOf, url } from "../parameters/url.ts";
import { createdCallView } from "../views/call-view.ts";

const parameters = {
  To: text,
  From: text,
  Url: url(),
  Method: httpMethod(),
  Twiml: textUpTo(4000),
  ApplicationSid: sid("AP", { code: 21218 }),
  FallbackUrl: url({ orEmpty: true }),
  FallbackMethod: httpMethod(),
  ...statusCallbackParameters,
  StatusCallbackEvent: callEvents,
  Timeout: integer(1, 600, 21208),
  TimeLimit: integer(1, 86_400),
  ...recordingParameters,
  ...machineDetectionParameters,
  ...asyncAmdParameters,
};

type Addresses = Pick<DialOrder, "voice" | "twiml" | "fallback" | "statusCallback">;

/** With an application, the addresses in the request are ignored. */
function applicationAddresses(applicationSid: string, { applications }: World): Addresses {
  const application = applications.get(applicationSid);
  if (!application || application.voiceUrl === "") throw new TwilioError(21218, "Invalid ApplicationSid");
  const { statusCallback, ...hooks } = hooksOf(application);
  const { url, method } = statusCallback ?? {};
  return { ...hooks, twiml: null, statusCallback: callStatusCallback(url, method, undefined) };
}

function addressesOf(sent: Parsed<typeof parameters>, world: World): Addresses {
  if (sent.ApplicationSid !== undefined) return applicationAddresses(sent.ApplicationSid, world);
  const voice = hookOf(sent.Url, sent.Method, "POST");
  if (!voice && !sent.Twiml) throw new TwilioError(21205, "Url parameter is required.");
  return {
    voice,
    // Beside an address, TwiML is ignored.
    twiml: voice ? null : (sent.Twiml ?? null),
    fallback: hookOf(sent.FallbackUrl, sent.FallbackMethod, "POST"),
    statusCallback: callStatusCallback(
      sent.StatusCallback,
      sent.StatusCallbackMethod,
      sent.StatusCallbackEvent,
    ),
  };
}

/** www.twilio.com/docs/voice/api/call-resource#create-a-call-resource */
export const createCall = defineOperation({
  name: "CreateCall",
  method: "POST",
  path: "/{AccountSid}/Calls.json",
  parameters,
  inert: ["CallReason", ...SIP_CREDENTIALS],
  unsupported: words("Byoc CallToken CallerId ClientNotificationUrl SendDigits"),
  run: ({ context: { engine }, parameters: sent }) => {
    const to = calledParty(sent.To, engine.world);
    const from = callerId(sent.From, to, engine.world);
    const call = engine.createCall({
      from,
      to,
      ...addressesOf(sent, engine.world),
      timeout: sent.Timeout ?? 60,
      timeLimit: sent.TimeLimit ?? null,
      record: callRecording(sent),
      machineDetection: machineDetectionOf(sent, {
        isAsync: sent.AsyncAmd ?? false,
        callback: hookOf(sent.AsyncAmdStatusCallback, sent.AsyncAmdStatusCallbackMethod, "POST"),
      }),
    });
    return { status: 201, body: createdCallView(call, engine.world) };
  },
});
