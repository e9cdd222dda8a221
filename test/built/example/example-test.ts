import { serveExample } from "../../../scripts/example/serve-example.ts";
import { test as base } from "../browser-test.ts";
import { freePort } from "../free-port.ts";

const port = await freePort();

/** A test with the example in the browser, on an origin of its own beside the built Worker. */
export const test = base
  .override("vars", { scope: "file" }, () => ({ APP_ORIGINS: `http://localhost:${port}` }))
  .extend("example", { scope: "file" }, async ({ latchkey }, { onCleanup }) => {
    const example = await serveExample(port, latchkey.origin);
    onCleanup(() => example.close());
    return example;
  })
  .override("baseURL", { scope: "file" }, ({ example }) => example.origin);
