export { startEmulator } from "./start-emulator.ts";
export type { Emulator } from "./emulator.ts";
export { type Clock, type ManualClock, type Timer, manualClock, systemClock } from "./clock.ts";
export type { Habit, Nature, People, Person, Voice } from "./people/people.ts";
export { type Quirks, defaultQuirks } from "./quirks.ts";
export type { Fault, Faults } from "./faults/fault.ts";
export type { Engine, EngineEvent } from "./engine/engine.ts";
export type { Delivery } from "./webhooks/delivery.ts";
export type {
  ApplicationOptions,
  ApplicationState,
  CallState,
  ConferenceState,
  Credentials,
  EmulatorOptions,
  NumberOptions,
  ParticipantState,
  PhoneNumberState,
  World,
} from "./types.ts";
export { powerAt } from "./people/ear.ts";
export { readWav } from "./media/wav.ts";
export { sdkShim } from "./signalling/sdk-shim.ts";
export type { RecordingState } from "./world/recording-state.ts";
