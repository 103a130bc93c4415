/** A recording of a call or a conference (www.twilio.com/docs/voice/api/recording). */
export interface RecordingState {
  /** `RE…` */
  readonly sid: string;
  /** Of a conference: the call that was its first participant. */
  readonly callSid: string;
  readonly conferenceSid: string | null;
  readonly source: "DialVerb" | "Conference" | "OutboundAPI" | "RecordVerb" | "StartCallRecordingAPI";
  /** With two, the first has what Twilio receives of the call, and the second what it sends. */
  readonly channels: 1 | 2;
  readonly track: "inbound" | "outbound" | "both";
  readonly dateCreated: number;
  dateUpdated: number;
  status: "in-progress" | "paused" | "completed" | "absent";
  /** Why it is absent. */
  errorCode: number | null;
  /** Seconds; grows while it is made. */
  seconds: number;
  /** 8 kHz, one of each channel after the other; empty unless completed. */
  samples: Int16Array;
}
