/** A call that waits in a queue. */
export interface MemberState {
  readonly callSid: string;
  readonly dateEnqueued: number;
}

/** A queue of calls (www.twilio.com/docs/voice/api/queue-resource). It stays when it is empty. */
export interface QueueState {
  /** `QU…` */
  readonly sid: string;
  friendlyName: string;
  maxSize: number;
  readonly dateCreated: number;
  dateUpdated: number;
  /** By Call SID, the front first. */
  readonly members: Map<string, MemberState>;
}
