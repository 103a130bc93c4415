import { assertAccount } from "./config.ts";
import { refuseAll } from "./mistakes.ts";
import { type Place, placeMistake, withEdge } from "./region.ts";
import type { Settings } from "./settings.ts";
import { untouchedMistake } from "./untouched.ts";

/** @throws AppError config for an invalid region or edge */
export function placeOf({ region, edge, twilioApiBaseUrl }: Settings): Place {
  const place = withEdge({ region: region.value, edge: edge.value });
  const mistake = placeMistake(place, { isLocalTwilio: twilioApiBaseUrl.value !== null });
  if (mistake) refuseAll([mistake]);
  return place;
}

/**
 * Credentials for requests about the account, which need fewer settings than a server.
 * @throws AppError config that names what is missing or wrong, without its value
 */
export function accountCredentials(settings: Settings): {
  accountSid: string;
  authToken: string;
  apiBaseUrl: string | null;
} & Place {
  const untouched = untouchedMistake(settings);
  if (untouched) refuseAll([untouched]);
  const [accountSid, authToken] = [settings.accountSid.value, settings.authToken.value];
  assertAccount({ accountSid, authToken });
  const apiBaseUrl = settings.twilioApiBaseUrl.value;
  return { accountSid, authToken, apiBaseUrl, ...placeOf(settings) };
}
