// The far ends of the legs bench, in a process of their own: each answers an offer and sends a tone every 20 ms.
import { createLegMaker } from "../../emulator/dist/media/leg-maker.js";
import { createTicker } from "../../emulator/dist/media/ticker.js";

const legs = createLegMaker("webrtc");
const ports = [];
const tone = Int16Array.from({ length: 160 }, (_, i) => 8_000 * Math.sin((2 * Math.PI * 500 * i) / 8_000));
const ticker = createTicker(20, () => ports.forEach((port) => port.send(tone)));
ticker.start();
// The ticker alone does not keep a process alive; the channel to the bench does.
async function answer({ id, offer }) {
  const leg = await legs.make();
  const sdp = await leg.answer(offer);
  ports.push(leg.port);
  process.send({ id, answer: sdp });
}

process.on("message", (message) => void answer(message));
process.on("disconnect", () => process.exit(0));
