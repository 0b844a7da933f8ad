// Uses each library as its documentation does. All of them receive two words, between which the server drops
// the connection, and then close.

import { clearCache, GrowthBook, setPolyfills } from "@growthbook/growthbook";
import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import { useEventSource } from "@vueuse/core";
import PocketBase from "pocketbase";
import ReconnectingEventSource from "reconnecting-eventsource";
import { effectScope, watch } from "vue";

/**
 * Functions that start each library. They get the class, the server's URL, and a function to call with each
 * word. They return a function that closes the connection.
 */
const LIBRARIES = {
  "reconnecting-eventsource"(EventSource, url, take) {
    const source = new ReconnectingEventSource(url, { eventSourceClass: EventSource });
    source.onmessage = ({ data }) => take(data);
    return () => source.close();
  },
  trpc(EventSource, url, take) {
    const client = createTRPCClient({ links: [httpSubscriptionLink({ url, EventSource })] });
    const subscription = client.words.subscribe(undefined, { onData: ({ data }) => take(data) });
    return () => subscription.unsubscribe();
  },
  growthbook(EventSource, url, take) {
    setPolyfills({ EventSource });
    const growthbook = new GrowthBook({ apiHost: url, clientKey: "key" });
    growthbook.setRenderer(() => {
      const word = growthbook.getFeatureValue("word", "");
      if (word) take(word);
    });
    growthbook.init({ streaming: true });
    return () => {
      growthbook.destroy();
      clearCache();
    };
  },
  // The last two use the global class.
  pocketbase(_, url, take) {
    const { realtime } = new PocketBase(url);
    realtime.subscribe("words", ({ word }) => take(word));
    return () => realtime.unsubscribe();
  },
  // It works only in a page.
  vueuse(_, url, take) {
    const scope = effectScope();
    scope.run(() => watch(useEventSource(url, ["word"]).data, take, { flush: "sync" }));
    return () => scope.stop();
  },
};

export function namesOf(isPage) {
  return Object.keys(LIBRARIES).filter((name) => isPage || name !== "vueuse");
}

/** Resolves with the words that each library has received. */
export async function hear(EventSource, server, names) {
  const heard = names.map((name) => {
    const words = [];
    return new Promise((resolve) => {
      const close = LIBRARIES[name](EventSource, `${server}/${name}`, (word) => {
        if (words.push(word) < 2) return;
        close();
        resolve([name, words.join(" ")]);
      });
    });
  });
  return Object.fromEntries(await Promise.all(heard));
}
