// Tells an open page that there is something newer. Nothing is reloaded unless the reader wants it.
"use strict";
(() => {
  const { events, story, version } = document.body.dataset;
  const notice = document.getElementById("news");
  if (!events || !notice || !window.EventSource) return;
  const changed = new Set();
  let stream = null;
  let last = null;

  function say(text, href, action) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = action;
    notice.replaceChildren(text + " ", link);
    notice.hidden = false;
  }

  function onStory(update) {
    if (update.story_id !== story || update.version <= Number(version)) return;
    const text = `Version ${update.version} of this story is here. ${update.summary}`.trim();
    const address = `/stories/${encodeURIComponent(story)}`;
    say(text, `${address}?since=${version}`, "What is new");
    const whole = document.createElement("a");
    whole.href = address;
    whole.textContent = "The whole story";
    notice.append(" ", whole);
  }

  function onList(update) {
    const row = document.querySelector(`[data-story="${CSS.escape(update.story_id)}"]`);
    if (row && Number(row.dataset.version) >= update.version) return;
    changed.add(update.story_id);
    if (row) mark(row, update.version);
    const some = changed.size === 1 ? "One story has news." : `${changed.size} stories have news.`;
    say(some, location.pathname + location.search, "Show the list anew");
  }

  function mark(row, number) {
    let tag = row.querySelector(".fresh");
    if (!tag) {
      tag = document.createElement("strong");
      tag.className = "fresh";
      row.querySelector(".facts").append(" ", tag);
    }
    tag.textContent = `new version ${number}`;
  }

  function open() {
    if (stream) return;
    stream = new EventSource(last === null ? events : `/events?after=${encodeURIComponent(last)}`);
    stream.addEventListener("update", (event) => {
      last = event.lastEventId;
      (story ? onStory : onList)(JSON.parse(event.data));
    });
  }

  function close() {
    if (stream) stream.close();
    stream = null;
  }

  // A browser opens six connections to a server, over all its tabs: one that nobody looks at gives its own back.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  if (!document.hidden) open();
})();
