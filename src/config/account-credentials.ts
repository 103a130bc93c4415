import { assertAccount } from "./config.ts";
import { refuseAll } from "./mistakes.ts";
import { type RegionAndEdge, regionMistake, withEdge } from "./region.ts";
import type { Settings } from "./settings.ts";
import { emptyFolderMistake } from "./empty-folder.ts";

/** @throws AppError config for an invalid region or edge */
export function regionAndEdge({ region, edge, twilioApiBaseUrl }: Settings): RegionAndEdge {
  const place = withEdge({ region: region.value, edge: edge.value });
  const mistake = regionMistake(place, { isLocalTwilio: twilioApiBaseUrl.value !== null });
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
} & RegionAndEdge {
  const mistake = emptyFolderMistake(settings);
  if (mistake) refuseAll([mistake]);
  const [accountSid, authToken] = [settings.accountSid.value, settings.authToken.value];
  assertAccount({ accountSid, authToken });
  const apiBaseUrl = settings.twilioApiBaseUrl.value;
  return { accountSid, authToken, apiBaseUrl, ...regionAndEdge(settings) };
}
