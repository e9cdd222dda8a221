// node test/emulator/main.ts [port]
import { startEmulator } from "./start-emulator.ts";

const DEFAULT_PORT = 8788;

const given = process.argv[2];
const port = given === undefined ? DEFAULT_PORT : Number(given);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  fail(`not a port: ${given}`);
} else {
  try {
    console.log((await startEmulator({ port })).origin);
  } catch (error) {
    const taken = (error as { code?: unknown }).code === "EADDRINUSE";
    fail(taken ? `port ${port} of 127.0.0.1 is taken` : String(error));
  }
}

function fail(reason: string): void {
  console.error(`emulator: ${reason}`);
  process.exitCode = 1;
}
