/** The sound of one call, both ways. Descriptions are sent at once: the emulator finds the browser by itself. */
export interface MediaCall {
  offer(): Promise<string>;
  accept(answer: string): Promise<void>;
  answer(offer: string): Promise<string>;
  /** Also lets go of the microphone. */
  close(): void;
}

/**
 * @param microphone null when the emulator carries no sound
 * @param onFarEnd gets what is heard, once it can be heard
 */
export function openMediaCall(
  microphone: MediaStream | null,
  onFarEnd: (stream: MediaStream) => void,
): MediaCall {
  const peer = new RTCPeerConnection();
  const tracks = microphone?.getAudioTracks() ?? [];
  for (const track of tracks) peer.addTrack(track, microphone!);
  if (tracks.length === 0) peer.addTransceiver("audio", { direction: "recvonly" });
  peer.addEventListener("track", ({ track }) => onFarEnd(new MediaStream([track])));
  const local = async (description: RTCSessionDescriptionInit): Promise<string> => {
    await peer.setLocalDescription(description);
    return description.sdp ?? "";
  };
  return {
    offer: async () => local(await peer.createOffer()),
    accept: (sdp) => peer.setRemoteDescription({ type: "answer", sdp }),
    async answer(sdp) {
      await peer.setRemoteDescription({ type: "offer", sdp });
      return local(await peer.createAnswer());
    },
    close() {
      peer.close();
      for (const track of tracks) track.stop();
    },
  };
}
