import { TwilioError } from "../../engine/engine.ts";
import { LONGEST_MESSAGE } from "../../world/message-state.ts";
import { invalidParameter, notFound } from "../errors.ts";
import { findCall } from "../find.ts";
import { type Parser, defineOperation } from "../operation.ts";
import { httpMethod, text } from "../parameters/parsers.ts";
import { url } from "../parameters/url.ts";
import { messageView, subscriptionView } from "../views/call-message-view.ts";

const noJson = (): TwilioError =>
  new TwilioError(32702, "Voice User-Defined Message: Content must be given, as JSON");

/** A message, read from JSON. */
const content: Parser<{ value: unknown }> = (values, name) => {
  const json = text(values, name);
  if (json.length > LONGEST_MESSAGE)
    throw new TwilioError(
      32703,
      `Voice User-Defined Message: ${name} has more than ${LONGEST_MESSAGE} characters`,
    );
  try {
    const value: unknown = JSON.parse(json);
    // Throws for what is nested too deeply to be sent.
    JSON.stringify(value);
    return { value };
  } catch {
    throw noJson();
  }
};

/** www.twilio.com/docs/voice/api/userdefinedmessage-resource */
const createMessage = defineOperation({
  name: "CreateUserDefinedMessage",
  method: "POST",
  path: "/{AccountSid}/Calls/{CallSid}/UserDefinedMessages.json",
  parameters: { Content: content, IdempotencyKey: text },
  run: (place) => {
    const { context, parameters } = place;
    const call = findCall(place);
    if (!parameters.Content) throw noJson();
    const message = context.engine.sendMessage(call, parameters.Content.value, parameters.IdempotencyKey);
    return { status: 201, body: messageView(message, context) };
  },
});

/** www.twilio.com/docs/voice/api/userdefinedmessagesubscription-resource */
const createSubscription = defineOperation({
  name: "CreateUserDefinedMessageSubscription",
  method: "POST",
  path: "/{AccountSid}/Calls/{CallSid}/UserDefinedMessageSubscriptions.json",
  parameters: { Callback: url(), Method: httpMethod(), IdempotencyKey: text },
  run: (place) => {
    const { context, parameters } = place;
    const { Callback, Method = "POST", IdempotencyKey } = parameters;
    const call = findCall(place);
    if (!Callback) throw invalidParameter("Callback", "given");
    const hook = { url: Callback, method: Method };
    const subscription = context.engine.subscribe(call, hook, IdempotencyKey);
    return { status: 201, body: subscriptionView(subscription, context) };
  },
});

const deleteSubscription = defineOperation({
  name: "DeleteUserDefinedMessageSubscription",
  method: "DELETE",
  path: "/{AccountSid}/Calls/{CallSid}/UserDefinedMessageSubscriptions/{Sid}.json",
  parameters: {},
  run: (place) => {
    const { context, path, uri } = place;
    if (!context.engine.unsubscribe(findCall(place), path.Sid ?? "")) throw notFound(uri);
    return { status: 204, body: null };
  },
});

export const callMessageOperations = [createMessage, createSubscription, deleteSubscription];
