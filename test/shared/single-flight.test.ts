import { expect, test } from "vitest";
import { singleFlight } from "../../src/shared/single-flight.ts";

function countedTask() {
  let runs = 0;
  const settlers: PromiseWithResolvers<string>[] = [];
  return {
    runs: () => runs,
    settlers,
    start: () => {
      runs += 1;
      const settler = Promise.withResolvers<string>();
      settlers.push(settler);
      return settler.promise;
    },
  };
}

test("whoever comes while a task runs joins it; whoever comes after it starts anew", async () => {
  const [flights, task] = [singleFlight<string, string>(), countedTask()];
  const joined = [1, 2, 3].map(() => flights.join("jira", task.start));
  expect(task.runs()).toBe(1);
  task.settlers[0]?.resolve("done");
  expect(await Promise.all(joined)).toStrictEqual(["done", "done", "done"]);
  void flights.join("jira", task.start);
  expect(task.runs()).toBe(2);
});

test("different keys do not wait for each other", () => {
  const [flights, task] = [singleFlight<string, string>(), countedTask()];
  void flights.join("jira", task.start);
  void flights.join("bitbucket", task.start);
  expect(task.runs()).toBe(2);
});

test("a task that failed fails all who joined, and is not in the way afterwards", async () => {
  const [flights, task] = [singleFlight<string, string>(), countedTask()];
  const joined = [1, 2].map(() => flights.join("jira", task.start));
  task.settlers[0]?.reject(new Error("broken"));
  const ends = await Promise.allSettled(joined);
  expect(ends.map(({ status }) => status)).toStrictEqual(["rejected", "rejected"]);
  expect(flights.running("jira")).toBeUndefined();
});

test("it can be asked what is running", async () => {
  const [flights, task] = [singleFlight<string, string>(), countedTask()];
  const flight = flights.join("jira", task.start);
  expect(flights.running("jira")).toBe(flight);
  expect(flights.running("bitbucket")).toBeUndefined();
  task.settlers[0]?.resolve("done");
  await flight;
  expect(flights.running("jira")).toBeUndefined();
});
