// Concrete values beside what the verifier knew of them: whether a register of a run lies inside a recorded state, and how both
// are shown. A value outside every state is a defect of the verifier, or the program was not verified.

import { toBigInt, toSignedBigInt } from "../base/index.ts";
import {
	PTR_TO_CTX,
	PTR_TO_PACKET,
	PTR_TO_STACK,
	type RegView,
	SCALAR_VALUE,
	type StateView,
} from "../verifier/index.ts";

/** Where the guest's memory is, to name addresses. */
export interface Landmarks {
	readonly context: number;
	/** Where the packet begins now, and its end. */
	readonly packet: number;
	readonly packetEnd: number;
	/** Frame pointer of the frame that is looked at. */
	readonly framePointer: number;
	/** Name and start of the map value or other object at an address. */
	readonly object: (
		address: number,
	) => { readonly name: string; readonly start: number } | undefined;
}

type Pair = readonly [hi: number, lo: number];

const unsigned = ([hi, lo]: Pair) => toBigInt(hi, lo);
const signed = ([hi, lo]: Pair) => toSignedBigInt(hi, lo);

/** True when the 64-bit value may be what the scalar part of `view` describes. */
export function contains(view: RegView, hi: number, lo: number): boolean {
	const bitsHi = (hi ^ view.value[0]) & ~view.mask[0];
	const bitsLo = (lo ^ view.value[1]) & ~view.mask[1];
	if (bitsHi !== 0 || bitsLo !== 0) return false;
	const u = toBigInt(hi, lo);
	const s = toSignedBigInt(hi, lo);
	if (u < unsigned(view.umin) || u > unsigned(view.umax)) return false;
	if (s < signed(view.smin) || s > signed(view.smax)) return false;
	const [u32Min, u32Max] = view.u32;
	const [s32Min, s32Max] = view.s32;
	return (
		lo >>> 0 >= u32Min >>> 0 && lo >>> 0 <= u32Max >>> 0 && (lo | 0) >= s32Min && (lo | 0) <= s32Max
	);
}

/** Whether the value fits the state's register; undefined where nothing can be said (pointers of other kinds). */
export function fits(view: RegView, hi: number, lo: number, at: Landmarks): boolean | undefined {
	if (view.type === SCALAR_VALUE) return contains(view, hi, lo);
	const base = baseOf(view.type, at);
	if (base === undefined) return undefined;
	const distance = BigInt((lo >>> 0) - base - view.off);
	return contains(
		view,
		Number(BigInt.asIntN(32, distance >> 32n)),
		Number(BigInt.asIntN(32, distance)),
	);
}

function baseOf(type: number, at: Landmarks): number | undefined {
	if (type === PTR_TO_CTX) return at.context;
	if (type === PTR_TO_STACK) return at.framePointer;
	return type === PTR_TO_PACKET ? at.packet : undefined;
}

/** The first recorded state that holds all registers of the run, or the first state when none does. */
export function matchState(
	states: readonly StateView[],
	lo: Int32Array,
	hi: Int32Array,
	at: Landmarks,
): { readonly state: StateView | undefined; readonly inside: boolean } {
	const holds = (state: StateView) =>
		(state.frames[state.frames.length - 1]?.regs ?? []).every(
			(r) => fits(r, hi[r.index] ?? 0, lo[r.index] ?? 0, at) !== false,
		);
	const found = states.find(holds);
	return { state: found ?? states[0], inside: found !== undefined };
}

/** A value for people: an address as place and distance, a number in decimal (signed when that is shorter). */
export function valueText(
	hi: number,
	lo: number,
	view: RegView | undefined,
	at: Landmarks,
): string {
	const isPointer = view ? view.type !== SCALAR_VALUE : hi === 0;
	const place = isPointer && hi === 0 ? placeText(lo >>> 0, at) : undefined;
	if (place !== undefined) return place;
	const s = toSignedBigInt(hi, lo);
	return s < 0n && s >= -4096n ? `${s}` : `${toBigInt(hi, lo)}`;
}

function placeText(address: number, at: Landmarks): string | undefined {
	if (address === 0) return undefined;
	if (address >= at.framePointer - 512 && address <= at.framePointer)
		return named("fp", address - at.framePointer);
	if (address >= at.packet - 256 && address <= at.packetEnd)
		return named("pkt", address - at.packet);
	if (address >= at.context && address < at.context + 256)
		return named("ctx", address - at.context);
	const object = at.object(address);
	return object && named(object.name, address - object.start);
}

function named(name: string, distance: number): string {
	return `${name}${distance < 0 ? "" : "+"}${distance}`;
}
