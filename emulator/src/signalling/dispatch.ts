import type { Connection } from "./connection.ts";
import { answered, hungUp, noted, pressed, rejected, restarted } from "./in-call.ts";
import type { ClientMessage } from "./messages.ts";
import { listen, register } from "./registration.ts";
import type { Signalling } from "./signalling.ts";
import { invited } from "./take-over.ts";

/** Does what one message of a device asks. */
export function dispatch(
  signalling: Signalling,
  connection: Connection,
  message: ClientMessage,
): void | Promise<void> {
  switch (message.type) {
    case "listen":
      return listen(signalling, connection, message.token);
    case "register":
      return register(signalling, connection, message.audio);
    case "invite":
      return invited(signalling, connection, message);
    case "answer":
      return answered(signalling, connection, message);
    case "reject":
      return rejected(signalling, connection, message);
    case "hangup":
      return hungUp(signalling, connection, message);
    case "dtmf":
      return pressed(signalling, connection, message);
    case "message":
      return noted(signalling, connection, message);
    case "reinvite":
      return restarted(signalling, connection, message);
  }
}
