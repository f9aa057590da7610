// The verifier's log as Linux prints it, fetched by windows of lines as they come into view.

import clsx from "clsx";
import { useCallback, useEffect, useRef, useState } from "react";
import type { LogWindow, VerifyReply } from "../../../engine/workbench/protocol.ts";
import { pointAtInsn } from "../../commands/point.ts";
import { ask } from "../../commands/session.ts";
import { useCursor } from "../../stores/cursor.ts";
import { PickRow, Rows } from "../../ui/index.ts";
import { isError, missingWindows, windowSize } from "./select.ts";
import css from "./verifier.module.css";

type Line = LogWindow["lines"][number];

export function Log({ program, reply }: { readonly program: string; readonly reply: VerifyReply }) {
	const { lines, total, view } = useLog(program, reply);
	const pc = useCursor((c) => c.pc);
	const { verdict } = reply;
	const message =
		verdict.kind === "rejected"
			? [verdict.message, ...(reply.card?.kernel ?? [])].join("\n")
			: undefined;
	const [marked, setMarked] = useState<number | undefined>();
	useEffect(() => {
		setMarked(message === undefined || total === 0 ? undefined : total - 1);
	}, [message, total]);
	const mark = (index: number) => {
		setMarked(index);
		const at = lines.get(index)?.pc;
		if (at !== undefined) pointAtInsn(at, "verifier");
	};
	return (
		<Rows
			label="Verifier log"
			wide
			className={css.log}
			count={total}
			rowHeight={18}
			marked={marked}
			onMark={mark}
			onView={view}
			row={(index) => {
				const line = lines.get(index);
				return (
					<PickRow
						key={index}
						className={clsx(
							css.line,
							line && isError(line.text, message) && css.error,
							line?.pc !== undefined && line.pc === pc && css.cur,
							index === marked && css.marked,
						)}
						onPick={() => mark(index)}
					>
						{line?.text ?? "…"}
					</PickRow>
				);
			}}
		/>
	);
}

/** Milliseconds: the log of a text that is being typed is not fetched, for the next verdict would wait for it. */
const settles = 250;

/** The lines fetched so far, and what to call when other lines come into view. Lines of before stay until there are others. */
function useLog(program: string, reply: VerifyReply) {
	const { revision } = reply;
	const [lines, setLines] = useState<ReadonlyMap<number, Line>>(new Map());
	const [total, setTotal] = useState(reply.logLines);
	const have = useRef(new Set<number>());
	const current = useRef<number | undefined>(undefined);
	const shown = useRef(revision);
	const seen = useRef<readonly [number, number]>([0, 40]);
	const view = useCallback(
		(first: number, last: number) => {
			seen.current = [first, last];
			const asked = current.current;
			if (asked === undefined) return;
			for (const from of missingWindows(have.current, first, Math.max(last, 1))) {
				have.current.add(from);
				void ask((e) => e.log(program, from, windowSize)).then((w) => {
					if (!w || current.current !== asked || w.revision !== asked) return;
					const follows = shown.current === asked;
					shown.current = asked;
					setTotal(w.total);
					setLines((old) => {
						const all = new Map(follows ? old : []);
						for (const [i, line] of w.lines.entries()) all.set(w.from + i, line);
						return all;
					});
				});
			}
		},
		[program],
	);
	useEffect(() => {
		const fetch = () => {
			current.current = revision;
			have.current = new Set();
			view(...seen.current);
		};
		if (current.current === undefined) return fetch();
		const timer = setTimeout(fetch, settles);
		return () => clearTimeout(timer);
	}, [revision, view]);
	return { lines, total, view };
}
