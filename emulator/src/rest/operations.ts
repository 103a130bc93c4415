import type { Operation } from "./operation.ts";
import { applicationOperations } from "./operations/applications.ts";
import { callMessageOperations } from "./operations/call-messages.ts";
import { createCall } from "./operations/create-call.ts";
import { createKey } from "./operations/create-key.ts";
import { createParticipant } from "./operations/create-participant.ts";
import { deleteCall } from "./operations/delete-call.ts";
import { deleteKey } from "./operations/delete-key.ts";
import { deleteParticipant } from "./operations/delete-participant.ts";
import {
  deleteCallRecording,
  deleteConferenceRecording,
  deleteRecording,
} from "./operations/delete-recording.ts";
import { fetchAccount } from "./operations/fetch-account.ts";
import { fetchCall } from "./operations/fetch-call.ts";
import { fetchConference } from "./operations/fetch-conference.ts";
import { fetchKey } from "./operations/fetch-key.ts";
import { fetchNumber } from "./operations/fetch-number.ts";
import { fetchParticipant } from "./operations/fetch-participant.ts";
import {
  fetchCallRecording,
  fetchConferenceRecording,
  fetchRecording,
} from "./operations/fetch-recording.ts";
import { listCalls } from "./operations/list-calls.ts";
import { listConferences } from "./operations/list-conferences.ts";
import { listKeys } from "./operations/list-keys.ts";
import { listNumbers } from "./operations/list-numbers.ts";
import { listParticipants } from "./operations/list-participants.ts";
import {
  listCallRecordings,
  listConferenceRecordings,
  listRecordings,
} from "./operations/list-recordings.ts";
import { queueOperations } from "./operations/queues.ts";
import { memberOperations } from "./operations/members.ts";
import { createStream, updateStream } from "./operations/streams.ts";
import { updateCall } from "./operations/update-call.ts";
import { updateConference } from "./operations/update-conference.ts";
import { updateNumber } from "./operations/update-number.ts";
import {
  createCallRecording,
  updateCallRecording,
  updateConferenceRecording,
} from "./operations/update-recording.ts";
import { updateParticipant } from "./operations/update-participant.ts";

/** Everything of Twilio's REST API that the emulator has. */
export const operations: readonly Operation[] = [
  fetchAccount,
  createKey,
  listKeys,
  fetchKey,
  deleteKey,
  listNumbers,
  fetchNumber,
  updateNumber,
  ...applicationOperations,
  createCall,
  fetchCall,
  listCalls,
  updateCall,
  deleteCall,
  listConferences,
  fetchConference,
  updateConference,
  createParticipant,
  listParticipants,
  fetchParticipant,
  updateParticipant,
  deleteParticipant,
  ...queueOperations,
  ...memberOperations,
  listRecordings,
  fetchRecording,
  deleteRecording,
  listCallRecordings,
  fetchCallRecording,
  deleteCallRecording,
  createCallRecording,
  updateCallRecording,
  listConferenceRecordings,
  fetchConferenceRecording,
  updateConferenceRecording,
  deleteConferenceRecording,
  createStream,
  updateStream,
  ...callMessageOperations,
];
