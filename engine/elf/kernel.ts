// The running kernel as the loading rules see it: what `.kconfig` externs ask for, addresses of symbols, CPUs. Plain data.

/** Facts of the kernel that an object is loaded into. */
export interface KernelProfile {
	/** LINUX_KERNEL_VERSION: KERNEL_VERSION(a, b, c) of linux/version.h. */
	readonly version: number;
	/** Values of CONFIG_ options as the configuration file has them: `y`, `m`, a number, a text in quotes. */
	readonly config: Readonly<Record<string, string>>;
	/** LINUX_HAS_BPF_COOKIE. */
	readonly bpfCookie: boolean;
	/** LINUX_HAS_SYSCALL_WRAPPER. */
	readonly syscallWrapper: boolean;
	/** Addresses as /proc/kallsyms has them, for typeless `.ksyms` externs. */
	readonly symbols?: Readonly<Record<string, bigint>>;
	/** Possible CPUs: the size of a perf event array that names none. Absent: left at 0 for the kernel that makes the map. */
	readonly cpus?: number;
	/** Bytes of a page, for the size of ring buffers. */
	readonly pageSize: number;
}

/** The simulated kernel: Linux 6.18 on x86-64 with what BPF needs built in. */
export const simulatedKernel: KernelProfile = {
	version: (6 << 16) | (18 << 8),
	config: {
		CONFIG_BPF: "y",
		CONFIG_BPF_SYSCALL: "y",
		CONFIG_BPF_JIT: "y",
		CONFIG_BPF_JIT_ALWAYS_ON: "y",
		CONFIG_BPF_EVENTS: "y",
		CONFIG_BPF_LSM: "y",
		CONFIG_CGROUP_BPF: "y",
		CONFIG_DEBUG_INFO_BTF: "y",
		CONFIG_NET: "y",
		CONFIG_NET_CLS_BPF: "y",
		CONFIG_XDP_SOCKETS: "y",
		CONFIG_IPV6: "y",
		CONFIG_KALLSYMS: "y",
		CONFIG_KPROBES: "y",
		CONFIG_UPROBES: "y",
		CONFIG_TRACEPOINTS: "y",
		CONFIG_FTRACE: "y",
		CONFIG_SMP: "y",
		CONFIG_64BIT: "y",
		CONFIG_X86_64: "y",
		CONFIG_HZ: "1000",
		CONFIG_NR_CPUS: "256",
		CONFIG_DEFAULT_HOSTNAME: '"skep"',
	},
	bpfCookie: true,
	syscallWrapper: true,
	pageSize: 4096,
};

/** Reads a configuration file of the kernel's (/proc/config.gz, unpacked): its options, and the version that its head names. */
export function parseConfig(text: string): Pick<KernelProfile, "config"> & { version?: number } {
	const config: Record<string, string> = {};
	for (const line of text.split("\n")) {
		const [, name, value] = /^(CONFIG_\w+)=(.*)$/.exec(line) ?? [];
		if (name !== undefined && value !== undefined) config[name] = value.trim();
	}
	const [, a, b, c] = /^# Linux\/\S+ (\d+)\.(\d+)\.(\d+)/m.exec(text) ?? [];
	if (a === undefined) return { config };
	//   KERNEL_VERSION(a, b, c): the last number is cut at 255
	const version = Number(a) * 65536 + Number(b) * 256 + Math.min(255, Number(c));
	return { config, version };
}

/** Reads a table of symbols as /proc/kallsyms has it; of several of one name the first counts. */
export function parseSymbols(text: string): NonNullable<KernelProfile["symbols"]> {
	const symbols: Record<string, bigint> = {};
	for (const line of text.split("\n")) {
		const [, address, name] = /^([0-9a-f]{1,16}) \S ([^\s[]+)/i.exec(line) ?? [];
		if (name !== undefined && !Object.hasOwn(symbols, name)) symbols[name] = BigInt(`0x${address}`);
	}
	return symbols;
}
