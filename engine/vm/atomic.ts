// Atomic operations on guest memory: one guest runs at a time, so each is a read, an operation and a write.

/** The registers of a session, for instructions that need several. */
export interface Registers {
	readonly lo: Int32Array;
	readonly hi: Int32Array;
}

/** Runs BPF_STX | BPF_ATOMIC at `at`, already checked. `operation` is the instruction's immediate | size << 16. */
export function atomic(
	data: DataView,
	at: number,
	operation: number,
	source: number,
	registers: Registers,
): void {
	if (operation >> 16 === 8) atomic64(data, at, operation & 0xffff, source, registers);
	else atomic32(data, at, operation & 0xffff, source, registers);
}

function atomic32(
	data: DataView,
	at: number,
	operation: number,
	source: number,
	{ lo, hi }: Registers,
): void {
	const old = data.getInt32(at, true);
	const operand = lo[source] as number;
	if (operation === 0xf1) {
		if (old === lo[0]) data.setInt32(at, operand, true);
		lo[0] = old;
		hi[0] = 0;
		return;
	}
	data.setInt32(at, combine(operation, old, operand), true);
	if (operation & 1) {
		lo[source] = old;
		hi[source] = 0;
	}
}

function atomic64(
	data: DataView,
	at: number,
	operation: number,
	source: number,
	{ lo, hi }: Registers,
): void {
	const oldLo = data.getInt32(at, true);
	const oldHi = data.getInt32(at + 4, true);
	const low = lo[source] as number;
	const high = hi[source] as number;
	if (operation === 0xf1) {
		if (oldLo === lo[0] && oldHi === hi[0]) {
			data.setInt32(at, low, true);
			data.setInt32(at + 4, high, true);
		}
		lo[0] = oldLo;
		hi[0] = oldHi;
		return;
	}
	const newLo = combine(operation, oldLo, low);
	const carry = (operation & 0xfe) === 0 && newLo >>> 0 < low >>> 0 ? 1 : 0;
	data.setInt32(at, newLo, true);
	data.setInt32(at + 4, (combine(operation, oldHi, high) + carry) | 0, true);
	if (operation & 1) {
		lo[source] = oldLo;
		hi[source] = oldHi;
	}
}

/** One half of the new value; for addition without the carry from the low half. */
function combine(operation: number, old: number, operand: number): number {
	switch (operation & 0xfe) {
		case 0x00:
			return (old + operand) | 0;
		case 0x40:
			return old | operand;
		case 0x50:
			return old & operand;
		case 0xa0:
			return old ^ operand;
		default:
			return operand;
	}
}
