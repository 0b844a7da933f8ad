// Each library as its own documentation uses it. All of them hear two words, between which the server
// drops the connection, and then close.

import { clearCache, GrowthBook, setPolyfills } from "@growthbook/growthbook";
import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import { useEventSource } from "@vueuse/core";
import PocketBase from "pocketbase";
import ReconnectingEventSource from "reconnecting-eventsource";
import { effectScope, watch } from "vue";

/** By name, what starts it: given the class, the server's URL and what takes a word; it returns how to close. */
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
  // The last two use the global one.
  pocketbase(_, url, take) {
    const { realtime } = new PocketBase(url);
    realtime.subscribe("words", ({ word }) => take(word));
    return () => realtime.unsubscribe();
  },
  // In a page only: elsewhere it does nothing.
  vueuse(_, url, take) {
    const scope = effectScope();
    scope.run(() => watch(useEventSource(url, ["word"]).data, take, { flush: "sync" }));
    return () => scope.stop();
  },
};

export function namesOf(isPage) {
  return Object.keys(LIBRARIES).filter((name) => isPage || name !== "vueuse");
}

/** Resolves with the words that each has heard. */
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
