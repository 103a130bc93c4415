import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";

/** Twilio's own builder, which the emulator must not share with the app. */
export { VoiceResponse };
