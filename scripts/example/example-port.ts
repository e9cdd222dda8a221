/** `npm run dev` lets the example in from here. */
export const EXAMPLE_PORT = 8790;
