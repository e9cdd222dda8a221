// Stands for the bundle whose operations are counted: in the process it is the module beside.
import { DurableObject } from "cloudflare:workers";

export class TokenKeeper extends DurableObject {
  alarm?(info?: AlarmInvocationInfo): void | Promise<void>;
}

declare const worker: ExportedHandler & Required<Pick<ExportedHandler, "fetch">>;
export default worker;
