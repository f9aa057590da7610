// The icon shapes on a 16 × 16 grid, by name. Every state has its own outline, so shape alone tells them apart.
import type { ReactNode } from "react";

const path = (d: string, filled = false): ReactNode => (
	<path d={d} {...(filled ? { fill: "currentColor" } : {})} />
);
const tick = "m5.2 8.2 2 2 3.6-4.2";
const octagon =
	"M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4";

export const icons = {
	// verdicts
	accept: (
		<>
			<circle cx="8" cy="8" r="6.2" />
			{path(tick)}
		</>
	),
	reject: path(octagon),
	unsupported: (
		<>
			<rect x="2.2" y="2.2" width="11.6" height="11.6" rx="2" strokeDasharray="2.6 2.2" />
			{path("M5 8h6")}
		</>
	),
	warning: (
		<>
			{path("M8 2.2 14.3 13H1.7zM8 6.5v3")}
			<circle cx="8" cy="11.2" r=".6" fill="currentColor" />
		</>
	),
	bug: path(
		"M5 6.5a3 3 0 0 1 6 0v3.5a3 3 0 0 1-6 0zM8 7v6M5 9H2M14 9h-3M5.2 6 3 4M10.8 6 13 4M5.2 11.5 3 13.5M10.8 11.5 13 13.5",
	),
	none: <circle cx="8" cy="8" r="5" strokeDasharray="2 2" />,
	info: (
		<>
			<circle cx="8" cy="8" r="6.2" />
			{path("M8 7.3v4")}
			<circle cx="8" cy="4.9" r=".6" fill="currentColor" />
		</>
	),
	// actions of a program
	pass: path("M2.5 8h10M9 4.5 12.5 8 9 11.5"),
	drop: (
		<>
			<circle cx="8" cy="8" r="5.5" />
			{path("m4.2 4.2 7.6 7.6")}
		</>
	),
	tx: <path d="M13 5.5H6a3 3 0 0 0 0 6h7M10 2.5l3 3-3 3" transform="matrix(-1 0 0 1 16 0)" />,
	redirect: path("M2.5 12.5v-3a4 4 0 0 1 4-4h6M9.5 2.5l3 3-3 3"),
	aborted: path("m4 4 8 8M12 4l-8 8"),
	// things
	files: path("M3 2.5h4l1.5 2H13v8.5H3z"),
	file: path("M4 2h5l3 3v9H4zM9 2v3h3"),
	examples: path(
		"M6.5 2v4L2.8 12.2c-.5.8 0 1.8 1 1.8h8.4c1 0 1.5-1 1-1.8L9.5 6V2M5.5 2h5M4.8 10h6.4",
	),
	object: path("M8 1.8 13.5 5v6L8 14.2 2.5 11V5zM2.5 5 8 8.2 13.5 5M8 8.2v6"),
	settings: (
		<>
			{path("M2.5 4.5h5M11.5 4.5h2M2.5 11.5h2M8.5 11.5h5")}
			<circle cx="9.5" cy="4.5" r="2" />
			<circle cx="6.5" cy="11.5" r="2" />
		</>
	),
	packet: path("M2.5 4.5h11v7h-11zM5.5 4.5v7M10.5 4.5v7"),
	map: path("M2.5 3h11v10h-11zM2.5 6.5h11M6.5 6.5V13"),
	table: path("M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.6h11M6 3v10"),
	code: path("m5 4-3.5 4L5 12M11 4l3.5 4L11 12"),
	program: path("m5 5-3 3 3 3M11 5l3 3-3 3M9 3.5l-2 9"),
	shield: path("M8 1.8 13 3.5v4c0 3.3-2.2 5.6-5 6.7-2.8-1.1-5-3.4-5-6.7v-4z"),
	terminal: path("m3 5 3 3-3 3M8 11.5h5"),
	stack: path("M2.5 3h11v3h-11zM2.5 6.5h11v3h-11zM2.5 10h11v3h-11z"),
	output: path("M3 4h10M3 8h7M3 12h9"),
	link: path(
		"M6.5 9.5a2.5 2.5 0 0 0 3.6 0l2.6-2.6a2.5 2.5 0 0 0-3.6-3.6l-.8.8M9.5 6.5a2.5 2.5 0 0 0-3.6 0L3.3 9.1a2.5 2.5 0 0 0 3.6 3.6l.8-.8",
	),
	theme: (
		<>
			<circle cx="8" cy="8" r="5.5" />
			{path("M8 2.5v11a5.5 5.5 0 0 0 0-11z", true)}
		</>
	),
	keyboard: path("M1.5 4h13v8h-13zM4 6.5h.01M7 6.5h.01M10 6.5h.01M12.5 6.5h.01M5 9.5h6"),
	// acts
	run: path("M4.5 3v10l8-5z", true),
	resume: path("M5.5 3v10l7-5zM3 3v10", true),
	step: (
		<>
			{path("M8 2.5v7M5 7l3 3 3-3")}
			<circle cx="8" cy="13" r="1" fill="currentColor" />
		</>
	),
	stop: <rect x="4" y="4" width="8" height="8" rx="1" fill="currentColor" />,
	pause: path("M5.5 3.5v9M10.5 3.5v9"),
	rewind: path("M12.5 3v10L5.5 8zM3.5 3v10", true),
	back: path("m10 4-4 4 4 4"),
	forward: path("m6 4 4 4-4 4"),
	over: (
		<>
			{path("M2.5 9a5.5 5.5 0 0 1 11 0M13.5 5v4h-4")}
			<circle cx="8" cy="12" r="1.2" fill="currentColor" />
		</>
	),
	backOver: (
		<>
			{path("M13.5 9a5.5 5.5 0 0 0-11 0M2.5 5v4h4")}
			<circle cx="8" cy="12" r="1.2" fill="currentColor" />
		</>
	),
	out: (
		<>
			{path("M8 10V3M5 5.5 8 2.5l3 3")}
			<circle cx="8" cy="13" r="1" fill="currentColor" />
		</>
	),
	toEnd: path("M2.5 8h6M6 5l3 3-3 3M12.5 3v10"),
	share: path("M8 9.5V2M5.2 4.6 8 2l2.8 2.6M4.5 7H3v6.5h10V7h-1.5"),
	search: (
		<>
			<circle cx="7" cy="7" r="4.5" />
			{path("m10.5 10.5 3.5 3.5")}
		</>
	),
	more: (
		<>
			<circle cx="3.5" cy="8" r=".8" fill="currentColor" />
			<circle cx="8" cy="8" r=".8" fill="currentColor" />
			<circle cx="12.5" cy="8" r=".8" fill="currentColor" />
		</>
	),
	plus: path("M8 3v10M3 8h10"),
	close: path("m4 4 8 8M12 4l-8 8"),
	down: path("m4 6 4 4 4-4"),
	up: path("m4 10 4-4 4 4"),
	right: path("m6 4 4 4-4 4"),
	check: path("m3 8.5 3.2 3.2L13 4.5"),
	save: path("M8 2v8M5 7.2 8 10l3-2.8M3 13.5h10"),
	open: path("M9 3h4v4M13 3 7.5 8.5M11 9.5V13H3V5h3.5"),
	filter: path("M2.5 4h11M4.5 8h7M6.5 12h3"),
	eye: path(
		"M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z",
	),
	copy: (
		<>
			<rect x="5.5" y="5.5" width="8" height="8" rx="1" />
			{path("M10.5 3V2.5h-8v8H3")}
		</>
	),
	clock: (
		<>
			<circle cx="8" cy="8" r="6" />
			{path("M8 4.5V8l2.5 1.5")}
		</>
	),
	hint: path("M5.8 11.5c0-1.8-2-2.5-2-5a4.2 4.2 0 0 1 8.4 0c0 2.5-2 3.2-2 5zM6.3 14h3.4"),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof icons;
