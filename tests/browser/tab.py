"""The one tab of a process's browser tests, put back as new between two: another would start a renderer again."""

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

PATIENCE = 15_000  # milliseconds that a page may take: other tests run beside
BETWEEN = "/static/between.html"  # of the same origin, which keeps the renderer, and asks for nothing
FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"
REPORTS = """
window.policyReports = [];
document.addEventListener("securitypolicyviolation", (event) => window.policyReports.push(event.violatedDirective));
"""
EXPECTED = ("status of 422",)  # a form with mistakes


class Tab:
    """Opened when it is first asked for, and anew after one that could not be left."""

    def __init__(self, browser: Browser, arguments: dict, home: str) -> None:
        self._browser, self._arguments, self._home = browser, arguments, home
        self._page: Page | None = None
        self.complaints: list[str] = []

    @property
    def page(self) -> Page:
        if self._page is None:
            self._page = self._browser.new_context(**self._arguments).new_page()
            self._page.add_init_script(REPORTS)
            self._page.set_default_timeout(PATIENCE)
            self._watch(self._page)
        return self._page

    def leave(self) -> None:
        """Forgets what the visit set and stored."""
        page, context = self.page, self.page.context
        context.set_offline(False)
        page.unroute_all()
        page.goto(self._home + BETWEEN)
        page.evaluate(FORGET)
        page.mouse.move(-1, -1)
        page.set_viewport_size(self._arguments["viewport"])
        page.emulate_media(media="null", color_scheme="null", forced_colors="null")
        context.clear_cookies()
        context.clear_permissions()
        for other in context.pages:
            if other != page:
                other.close()

    def drop(self) -> None:
        if self._page is not None:
            self._page.context.close()
            self._page = None

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.extend(_complaint(message)))
        page.on("request", lambda request: self.complaints.extend(_elsewhere(request, self._home)))


def _complaint(message: ConsoleMessage) -> list[str]:
    is_expected = any(each in message.text for each in EXPECTED)
    return [message.text] if message.type == "error" and not is_expected else []


def _elsewhere(request: Request, home: str) -> list[str]:
    return [] if request.url.startswith((home, "data:", "blob:")) else [f"request to {request.url}"]
