/** Of the Worker as it is deployed, gzipped. */
export const WORKER_BUDGET_KIB = 40;

/** Of `/client.js`, gzipped. */
export const CLIENT_BUDGET_KIB = 4;
