import { words } from "../words.ts";
import { TwilioError } from "../../engine/engine.ts";
import { defineOperation } from "../operation.ts";
import { calledParty, callerId } from "../parameters/endpoint.ts";
import { httpMethod, integer, text, textUpTo } from "../parameters/parsers.ts";
import { callEvents, callStatusCallback, statusCallbackParameters } from "../parameters/status-callback.ts";
import { hookOf, url } from "../parameters/url.ts";
import { callView } from "../views/call-view.ts";

/** www.twilio.com/docs/voice/api/call-resource#create-a-call-resource */
export const createCall = defineOperation({
  name: "CreateCall",
  method: "POST",
  path: "/{AccountSid}/Calls.json",
  parameters: {
    To: text,
    From: text,
    Url: url(),
    Method: httpMethod(),
    Twiml: textUpTo(4000),
    FallbackUrl: url({ orEmpty: true }),
    FallbackMethod: httpMethod(),
    ...statusCallbackParameters,
    StatusCallbackEvent: callEvents,
    Timeout: integer(1, 600, 21208),
    TimeLimit: integer(1, 86_400),
  },
  inert: ["CallReason", "Trim"],
  unsupported: words(`
    ApplicationSid AsyncAmd AsyncAmdStatusCallback AsyncAmdStatusCallbackMethod Byoc CallToken
    CallerId ClientNotificationUrl MachineDetection MachineDetectionSilenceTimeout
    MachineDetectionSpeechEndThreshold MachineDetectionSpeechThreshold MachineDetectionTimeout
    Record RecordingChannels RecordingStatusCallback RecordingStatusCallbackEvent
    RecordingStatusCallbackMethod RecordingTrack SendDigits SipAuthPassword SipAuthUsername
  `),
  run: ({ context: { engine }, parameters: sent }) => {
    const to = calledParty(sent.To);
    const from = callerId(sent.From, to, engine.world);
    const voice = hookOf(sent.Url, sent.Method, "POST");
    if (!voice && !sent.Twiml) throw new TwilioError(21205, "Url parameter is required.");
    const call = engine.createCall({
      from,
      to,
      voice,
      // Beside an address, TwiML is ignored.
      twiml: voice ? null : (sent.Twiml ?? null),
      fallback: hookOf(sent.FallbackUrl, sent.FallbackMethod, "POST"),
      statusCallback: callStatusCallback(
        sent.StatusCallback,
        sent.StatusCallbackMethod,
        sent.StatusCallbackEvent,
      ),
      timeout: sent.Timeout ?? 60,
      timeLimit: sent.TimeLimit ?? null,
    });
    return { status: 201, body: callView(call, engine.world) };
  },
});
