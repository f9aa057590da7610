// Sets theme and density before the first paint; app/stores/settings.ts does the same from then on.
(() => {
	const root = document.documentElement;
	let saved = {};
	try {
		saved = JSON.parse(localStorage.getItem("skep.settings") ?? "{}").state ?? {};
	} catch {}
	const wants = (query) => matchMedia(query).matches;
	const system = wants("(prefers-contrast: more)")
		? "contrast"
		: wants("(prefers-color-scheme: dark)")
			? "dark"
			: "light";
	root.dataset.theme = saved.theme && saved.theme !== "system" ? saved.theme : system;
	const density = saved.density ?? "auto";
	root.dataset.density =
		density === "auto" ? (wants("(pointer: coarse)") ? "roomy" : "compact") : density;
})();
