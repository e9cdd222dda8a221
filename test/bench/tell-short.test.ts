import { expect, test } from "vitest";
import { BARE_OBJECT, LATCHKEY } from "../../bench/names.ts";
import { tellShort } from "../../bench/report/tell-short.ts";
import type { OperationCount, Results } from "../../bench/results.ts";
import { SYNTHETIC } from "./synthetic-results.ts";

const OBJECT_READ: OperationCount = {
  design: BARE_OBJECT,
  call: "object read",
  kvReads: 0,
  kvWrites: 0,
  objectRequests: 1,
  rowsRead: 1,
  rowsWritten: 0,
};
const WITH_OBJECT: Results = {
  ...SYNTHETIC,
  timings: {
    ...SYNTHETIC.timings,
    "read.cpu": { ...SYNTHETIC.timings["read.cpu"], [BARE_OBJECT]: [100, 200, 90] },
  },
  operations: [...SYNTHETIC.operations, OBJECT_READ],
};

test("four lines tell how quick, how safe and how dear", () => {
  expect(tellShort(WITH_OBJECT)).toMatchInlineSnapshot(`
    "- A warm token read takes **0.50 ×** as long as a bare KV read when the isolate read that record less than five seconds ago, **1.20 ×** when it has to read KV, and **1.40 ×** by a browser that is new to it.
    - 50 callers and one expired token: Latchkey sends 1 refresh and serves 50. Of the 1 others, 0 serve all and keep the connection.
    - A proxied answer of 1 MB comes at 0.95 of the throughput of a bare pass-through when the token is remembered, and at 0.76 with a KV read; a bare pass-through that reads KV reaches 0.80.
    - A million token reads cost 0.81 dollars at Cloudflare when each reads KV, 0.30 when they find the token remembered; a bare design that asks the owner's object each time, 0.46."
  `);
});

test("a peer that serves all and keeps the connection is counted", () => {
  const expiry = SYNTHETIC.expiry.map((run) => ({
    ...run,
    served: run.callers,
    usableAfter: true,
  }));
  expect(tellShort({ ...SYNTHETIC, expiry })).toContain("Of the 1 others, 1 serve all");
});

test("what was not measured is left out", () => {
  const timings = {
    ...SYNTHETIC.timings,
    "read.latency": { [LATCHKEY]: [1] },
    "proxy-1mb.throughput": { [LATCHKEY]: [1] },
  };
  expect(tellShort({ ...SYNTHETIC, timings, expiry: [], operations: [] })).toBe("");
});
