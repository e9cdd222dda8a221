import { randomId } from "./random-id.ts";

declare const ownerId: unique symbol;

/** Whoever a connection belongs to: a random name that says nothing about the person. */
export type OwnerId = string & { readonly [ownerId]: true };

export function newOwnerId(): OwnerId {
  return randomId() as OwnerId;
}

/** Names an owner whose id came out of a sealed box or is an object's own name. */
export function asOwnerId(text: string): OwnerId {
  return text as OwnerId;
}
