import type { Form } from "../../twilio/webhooks/form.ts";

/** A webhook whose signature was right. */
export interface WebhookRequest {
  /** The named groups of the route's path. */
  path: Readonly<Record<string, string>>;
  query: Form;
  form: Form;
}

/** One of Twilio's routes. `voice`: somebody is on the line and hears the answer; else it is a notice. */
export interface Webhook {
  /** For logs and figures. */
  name: string;
  path: RegExp;
  voice: boolean;
  /** TwiML, or null for 204. @throws AppError usage for wrong shapes */
  answer(request: WebhookRequest): Promise<string | null>;
}
