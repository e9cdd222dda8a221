// npm run example [-- --port 8790 --latchkey http://localhost:8787]
// Serves examples/my-work until Ctrl-C, beside `npm run dev`.
import { Fault } from "./dev/fault.ts";
import { portFault } from "./dev/require-free-port.ts";
import { readOptions } from "./example/read-options.ts";
import { serveExample } from "./example/serve-example.ts";

try {
  const { port, latchkeyOrigin } = readOptions(process.argv.slice(2));
  const { origin } = await serveExample(port, latchkeyOrigin).catch((error: unknown) => {
    throw portFault(error, port, "--port");
  });
  console.log(`The example is at ${origin}, and calls Latchkey at ${latchkeyOrigin}.`);
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(`example: ${error.message}`);
  process.exitCode = 1;
}
