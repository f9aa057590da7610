// Which programs a map of programs may hold and be used by: they must be alike, and the first one decides
// (bpf_prog_map_compatible of the kernel). It knows neither slots nor programs themselves.

/** What programs that share a map of programs must have in common. All programs here count as compiled. */
export interface ProgramOwner {
	/** BPF_PROG_TYPE_*. */
	readonly type: number;
	readonly expectedAttachType: number;
	/** XDP programs that take packets in fragments (BPF_F_XDP_HAS_FRAGS). */
	readonly fragments: boolean;
}

export class Ownership {
	/** Whether attach types must agree, as programs that call each other need it. */
	readonly #attached: boolean;
	#owner: ProgramOwner | undefined;

	constructor(attached: boolean) {
		this.#attached = attached;
	}

	/** Whether the map may have to do with this program, which becomes its owner when it has none. */
	admits(program: ProgramOwner): boolean {
		const { type, expectedAttachType, fragments } = program;
		this.#owner ??= { type, expectedAttachType, fragments };
		const owner = this.#owner;
		if (owner.type !== type || owner.fragments !== fragments) return false;
		return !this.#attached || owner.expectedAttachType === expectedAttachType;
	}

	save(): ProgramOwner | undefined {
		return this.#owner;
	}

	restore(owner: ProgramOwner | undefined): void {
		this.#owner = owner;
	}
}
