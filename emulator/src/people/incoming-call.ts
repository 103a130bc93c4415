/** A call that rings at a person. */
export interface IncomingCall {
  answer(): void;
  decline(): void;
}
