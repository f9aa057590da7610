// The bytes of one packet before and after the program, with what is proven, touched and changed.

import clsx from "clsx";
import type { PacketInput } from "../../../engine/workbench/project.ts";
import type { DebugState, PacketResult } from "../../../engine/workbench/protocol.ts";
import { pointAtInsn } from "../../commands/point.ts";
import { command, perform, useWhyNot } from "../../commands/registry.ts";
import { useEngine } from "../../stores/engine.ts";
import { Button, Icon, text } from "../../ui/index.ts";
import { useReply } from "../parts/current.ts";
import detail from "./detail.module.css";
import { Hex } from "./Hex.tsx";
import css from "./packets.module.css";
import {
	changedText,
	checksumText,
	fieldAt,
	markAfter,
	markBefore,
	read,
	shifted,
} from "./select.ts";
import { type Chosen, useView, view } from "./store.ts";

export interface BytesProps {
	readonly packet: PacketInput;
	readonly index: number;
}

export function Bytes({ packet, index }: BytesProps) {
	const debug = useEngine((s) => (s.debug?.packet === index ? s.debug : undefined));
	const result = useEngine((s) => s.results[index]);
	return (
		<section className={clsx(css.part, css.bytes)} aria-label="Bytes">
			<div className={css.head}>
				<b>Before</b>
				<span className={text.cut}>
					{debug ? `readable at insn ${debug.pc}` : (packet.name ?? packet.device ?? "eth0")}
				</span>
				<span className={text.end}>
					{result?.writers?.length ? "click a byte: who wrote it" : (packet.device ?? "")}
				</span>
			</div>
			<Before packet={packet} index={index} />
			<After packet={packet} debug={debug} result={result} />
			<Legend debug={debug} changed={(debug?.changed ?? result?.changed ?? []).length > 0} />
		</section>
	);
}

/** The bytes as they came in. */
export function Before({ packet, index }: BytesProps) {
	const { bytes } = read(packet);
	const debug = useEngine((s) => (s.debug?.packet === index ? s.debug : undefined));
	const field = useView((s) => s.field);
	const rejected = useReply()?.verdict.kind === "rejected";
	return (
		<Hex
			label="Bytes before"
			bytes={bytes}
			mark={(at) => markBefore(at, debug, field, rejected)}
			onByte={(at) => choose(packet, at)}
		/>
	);
}

/** Chooses the field over a byte of the packet as it came in. */
function choose(packet: PacketInput, at: number): void {
	const { bytes, dissection } = read(packet);
	const there = at >= 0 && at < bytes.length;
	const field = fieldAt(dissection, at) ?? { start: at, end: at + 1 };
	view.setState({ field: there ? field : undefined });
}

interface AfterProps {
	readonly packet: PacketInput;
	readonly debug: DebugState | undefined;
	readonly result: PacketResult | undefined;
}

function After({ packet, debug, result }: AfterProps) {
	const field = useView((s) => s.field);
	const head = (note: string, end?: React.ReactNode) => (
		<div className={clsx(css.head, css.lineAbove)}>
			<b>After</b>
			<span className={text.cut}>{note}</span>
			<span className={text.end}>{end}</span>
		</div>
	);
	if (debug)
		return (
			<>
				{head(`so far: step ${debug.step} of ${debug.total}`)}
				<Hex
					label="Bytes now"
					bytes={debug.packetNow}
					mark={(at) => markAfter(at, debug.changed, undefined, debug.access)}
				/>
			</>
		);
	if (!result) return <NotRun head={head("not run")} />;
	if (result.trap)
		return (
			<>
				{head("trapped")}
				<p className={css.message}>
					{result.trap.unsupported === undefined
						? `Stopped at insn ${result.trap.pc}: ${result.trap.message}`
						: `Not supported by Skep: ${result.trap.unsupported}`}
				</p>
			</>
		);
	return (
		<>
			{head(changedText(result), <Fate result={result} />)}
			<Left packet={packet} result={result} field={field} />
		</>
	);
}

interface LeftProps {
	readonly packet: PacketInput;
	readonly result: PacketResult;
	readonly field: Chosen | undefined;
}

/** The bytes as they went out; a click on one that the program wrote goes to the instruction. */
export function Left({ packet, result, field }: LeftProps) {
	const there = shifted(field, result.headDelta);
	return (
		<Hex
			label="Bytes after"
			bytes={result.after}
			mark={(at) => ({
				...markAfter(at, result.changed, result.writers, undefined),
				field: there !== undefined && at >= there.start && at < there.end,
			})}
			onByte={(at) => {
				choose(packet, at + result.headDelta);
				const writer = result.writers?.find((w) => at >= w.start && at < w.end);
				if (writer) pointAtInsn(writer.pc, "packets");
			}}
		/>
	);
}

/** Where the packet went, and whether its checksums are right. */
function Fate({ result }: { readonly result: PacketResult }) {
	const sums = checksumText(result.after);
	return (
		<span className={detail.fate}>
			{result.out && <span>leaves by {result.out}</span>}
			{sums && (
				<span className={clsx(detail.fate, !sums.right && text.warning)}>
					{sums.text}
					<Icon name={sums.right ? "check" : "warning"} size={12} />
				</span>
			)}
		</span>
	);
}

function NotRun({ head }: { readonly head: React.ReactNode }) {
	const reply = useReply();
	const whyNot = useWhyNot("run");
	const whyNotUnverified = useWhyNot("run.unverified");
	const rejected = reply?.verdict.kind === "rejected" || reply?.verdict.kind === "unsupported";
	return (
		<>
			{head}
			<div className={css.notRun}>
				<p>
					{rejected
						? "Nothing ran: the program was not accepted. The interpreter can still run it with every access checked."
						: "Run sends every packet through the program."}
				</p>
				{rejected ? (
					<Button
						kind="outline"
						icon="run"
						disabled={whyNotUnverified !== undefined}
						title={whyNotUnverified ?? command("run.unverified").note}
						onClick={() => perform("run.unverified")}
					>
						Run unverified
					</Button>
				) : (
					<Button
						kind="outline"
						icon="run"
						disabled={whyNot !== undefined}
						title={whyNot}
						onClick={() => perform("run")}
					>
						Run
					</Button>
				)}
			</div>
		</>
	);
}

interface LegendProps {
	readonly debug: DebugState | undefined;
	readonly changed: boolean;
}

function Legend({ debug, changed }: LegendProps) {
	const rejected = useReply()?.verdict.kind === "rejected";
	const { access } = debug ?? {};
	const unproven =
		access !== undefined && markBefore(access.end - 1, debug, undefined, rejected).unproven;
	const key = (name: string, words: string) => (
		<span key={words} className={css.key}>
			<i className={clsx(css.swatch, css[name])} />
			{words}
		</span>
	);
	return (
		<div className={css.keys}>
			{debug?.proven.map((p) => key(p.variable ? "variable" : "proven", `proven, ${p.by}`))}
			{debug?.access &&
				!unproven &&
				key("access", debug.access.kind === "read" ? "read next" : "written next")}
			{unproven && (
				<span className={css.key}>
					<i className={clsx(css.swatch, detail.unproven)} />
					{debug?.access?.kind === "write" ? "written" : "read"} without proof
				</span>
			)}
			{changed && key("changed", "changed")}
		</div>
	);
}
