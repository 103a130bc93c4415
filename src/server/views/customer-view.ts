import type { CallRecord } from "../../call/types.ts";
import { maskAddress } from "../../mask.ts";
import { customerKindOf } from "../../twilio/customer-kind.ts";
import type { CallView, Customer } from "../control-api.ts";

/** Who calls. The number is empty while the customer's leg is unknown, and when it is withheld. */
export function customerView(call: CallRecord): Customer {
  const numbers = call.legs.map(({ party }) => (party.kind === "customer" ? party.number : ""));
  const customerNumber = numbers.join("");
  const customerKind = customerKindOf(customerNumber);
  return { customerKind, customerNumber: customerKind === "withheld" ? "" : customerNumber };
}

/** A customer as an agent sees one. Agents may have to ring a number back; other addresses name people, and are masked. */
export function customerForAgent({ customerKind, customerNumber }: Customer): Customer {
  const isMasked = customerKind === "address";
  return { customerKind, customerNumber: isMasked ? maskAddress(customerNumber) : customerNumber };
}

/** A call as an agent sees it. */
export function callForAgent(view: CallView): CallView {
  if (view.customerKind !== "address") return view;
  const { customerNumber } = customerForAgent(view);
  const legs = view.legs.map((leg) => (leg.kind === "customer" ? { ...leg, name: customerNumber } : leg));
  return { ...view, customerNumber, legs };
}
