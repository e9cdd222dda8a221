/** Runs at most one task for each key at a time; whoever comes meanwhile joins it. */
export interface SingleFlight<Key, Result> {
  join(key: Key, start: () => Promise<Result>): Promise<Result>;
  running(key: Key): Promise<Result> | undefined;
}

export function singleFlight<Key, Result>(): SingleFlight<Key, Result> {
  const flights = new Map<Key, Promise<Result>>();
  return {
    running: (key) => flights.get(key),
    join(key, start) {
      const running = flights.get(key);
      if (running) return running;
      const flight = start().finally(() => flights.delete(key));
      flights.set(key, flight);
      return flight;
    },
  };
}
