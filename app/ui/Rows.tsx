// A long list of equal rows, of which only those in view exist. Arrow keys move the marked row.

import {
	type KeyboardEvent,
	type ReactNode,
	useEffect,
	useLayoutEffect,
	useRef,
	useState,
} from "react";
import css from "./rows.module.css";
import { rowsInView, scrollTo } from "./window.ts";

export interface RowsProps {
	readonly label: string;
	readonly count: number;
	readonly rowHeight: number;
	readonly row: (index: number) => ReactNode;
	/** Kept in view when it changes; arrow keys start from it. */
	readonly marked?: number | undefined;
	readonly onMark?: (index: number) => void;
	readonly onPick?: (index: number) => void;
	readonly onView?: (first: number, last: number) => void;
	/** Rows may be wider than the box, which then scrolls sideways. */
	readonly wide?: boolean;
	readonly className?: string | undefined;
}

export function Rows(props: RowsProps) {
	const { label, count, rowHeight, row, marked, onMark, onPick, onView, wide, className } = props;
	const box = useRef<HTMLDivElement>(null);
	const [place, setPlace] = useState({ scrollTop: 0, height: 0 });
	useLayoutEffect(() => {
		const node = box.current;
		if (!node) return;
		const read = () => setPlace({ scrollTop: node.scrollTop, height: node.clientHeight });
		const observer = new ResizeObserver(read);
		observer.observe(node);
		read();
		return () => observer.disconnect();
	}, []);
	const view = { count, rowHeight, ...place };
	const { total, first, last, top } = rowsInView(view);
	useEffect(() => onView?.(first, last), [onView, first, last]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: scrolling by hand must not pull the marked row back
	useEffect(() => {
		const node = box.current;
		if (!node || marked === undefined || marked < 0 || place.height === 0) return;
		const to = scrollTo(marked, { ...view, scrollTop: node.scrollTop });
		if (to !== undefined) node.scrollTop = to;
	}, [marked, place.height > 0, count]);
	const onKeyDown = (e: KeyboardEvent) => {
		if (e.target !== box.current) return;
		const at = marked ?? -1;
		const page = Math.max(1, Math.floor(place.height / rowHeight) - 1);
		const next = {
			ArrowDown: at + 1,
			ArrowUp: at - 1,
			PageDown: at + page,
			PageUp: at - page,
			Home: 0,
			End: count - 1,
		}[e.key];
		if (next !== undefined && onMark) onMark(Math.max(0, Math.min(count - 1, next)));
		else if (e.key === "Enter" && marked !== undefined && onPick) onPick(marked);
		else return;
		e.preventDefault();
	};
	const rows = [];
	for (let index = first; index < last; index++) rows.push(row(index));
	return (
		<div className={className ? `${css.frame} ${className}` : css.frame}>
			{/* biome-ignore lint/a11y/useSemanticElements: a virtual list cannot be a native list box */}
			<div
				ref={box}
				role="group"
				aria-label={label}
				// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls and takes arrow keys
				tabIndex={0}
				className={css.box}
				onScroll={(e) =>
					setPlace({ scrollTop: e.currentTarget.scrollTop, height: e.currentTarget.clientHeight })
				}
				onKeyDown={onKeyDown}
			>
				<div style={{ height: total }} className={wide ? css.wide : css.all}>
					<div style={{ transform: `translateY(${top}px)` }}>{rows}</div>
				</div>
			</div>
		</div>
	);
}
