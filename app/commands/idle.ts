// What happens once the editor is ready and nobody waits: the offline copy, and the parts that open at a key's touch.

/** Runs after the editor is ready, or after ten seconds where there is none. */
export function whenIdle(): void {
	const start = () => {
		void import("../dialogs/Palette.tsx");
		void import("../dialogs/Share.tsx");
		if (import.meta.env.PROD) void registerOffline();
	};
	const late = setTimeout(start, 10_000);
	const observer = new PerformanceObserver((list) => {
		if (!list.getEntriesByName("editor-ready").length) return;
		observer.disconnect();
		clearTimeout(late);
		// Safari has no idle callbacks.
		if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 2000 });
		else setTimeout(start, 500);
	});
	observer.observe({ type: "mark", buffered: true });
}

async function registerOffline(): Promise<void> {
	if (!("serviceWorker" in navigator)) return;
	const { registerSW } = await import("virtual:pwa-register");
	const { toast } = await import("../stores/toasts.ts");
	const update = registerSW({
		onNeedRefresh: () =>
			toast("none", "A newer Skep is ready.", { title: "Reload", run: () => void update(true) }),
	});
}
