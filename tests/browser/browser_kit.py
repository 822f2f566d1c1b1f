"""How tests look at a page in a real browser, and what must be so on every page."""

from playwright.async_api import ConsoleMessage, Dialog, Page

PATIENCE = 60.0
"""Seconds after which something that must happen is taken never to happen."""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

WATCH_POLICY = """
window.broken = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.broken.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""

CONTRAST = """
() => {
  const channels = (text) => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const found = channels(getComputedStyle(node).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
  };
  const weak = [];
  let seen = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !node.checkVisibility() || node.closest(".unseen, .skip")) continue;
    const style = getComputedStyle(node);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const [one, other] = [light(channels(style.color)), light(behind(node))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    seen += 1;
    if (ratio < (large ? 3 : 4.5)) weak.push(`${node.className || node.tagName} ${ratio.toFixed(2)}`);
  }
  return { seen, weak };
}
"""
"""Ratio of text and what is behind it by WCAG 2.2, 1.4.3 (AA): 4.5, and 3 for large text."""

NAMELESS = """
() => [
  ...[...document.querySelectorAll("input:not([type=hidden])")].filter((one) => !one.labels.length),
  ...[...document.querySelectorAll("a[href], button")].filter((one) => !one.textContent.trim()),
  ...[...document.querySelectorAll("section, nav")].filter((one) => {
    const by = one.getAttribute("aria-labelledby");
    return by ? !document.getElementById(by)?.textContent.trim() : !one.getAttribute("aria-label");
  }),
].map((one) => one.outerHTML.slice(0, 200))
"""
"""Inputs without a label, links and buttons without a text, parts without a name."""


class Visit:
    """A page, and all that happened on it."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self._site = page, site
        self.console: list[str] = []
        self.dialogs: list[str] = []
        self.requests: list[str] = []
        self._script = True

    async def begin(self, *, script: bool) -> None:
        """Watches from now on."""
        self._script = script
        self.page.on("console", self._say)
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda request: self.requests.append(request.url))
        if script:
            await self.page.add_init_script(WATCH_POLICY)

    async def end(self) -> None:
        """Nothing was complained of, nothing was asked from elsewhere, no rule of the policy was broken."""
        assert self.console == []
        assert self.dialogs == []
        assert self.requests
        assert [url for url in self.requests if not url.startswith(self._site + "/")] == []
        if self._script:
            assert await self.page.evaluate("window.broken") == []

    async def texts(self, query: str) -> list[str]:
        """What the elements say."""
        return [" ".join(text.split()) for text in await self.page.locator(query).all_inner_texts()]

    def _say(self, message: ConsoleMessage) -> None:
        self.console.append(f"{message.type}: {message.text}")

    async def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        await dialog.dismiss()
