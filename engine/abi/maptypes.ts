// Map types of Linux 6.18: what BPF_MAP_CREATE takes, what values may hold, which programs may use them.

/** What a size or count must be; EINVAL otherwise, where nothing else is said. */
export interface SizeRule {
	/** Only these. */
	readonly only?: readonly number[];
	readonly min?: number;
	readonly max?: number;
	/** More than this is E2BIG. */
	readonly e2big?: number;
	/** A multiple of this. */
	readonly multiple?: number;
	/** A power of two and a multiple of the page size, 4096. */
	readonly pages?: boolean;
}

/** Names of the structs in a value that the kernel gives a meaning to. */
export type SpecialField =
	| "bpf_spin_lock"
	| "bpf_res_spin_lock"
	| "bpf_timer"
	| "bpf_wq"
	| "bpf_task_work"
	| "kptr"
	| "uptr"
	| "bpf_refcount"
	| "bpf_list_head"
	| "bpf_rb_root";

/** What the kernel says about one type of map (BPF_MAP_CREATE in bpf(2), Documentation/bpf/maps.rst). */
export interface MapType {
	/** BPF_MAP_TYPE_*. */
	readonly id: number;
	/** In lower case, without BPF_MAP_TYPE_. */
	readonly name: string;
	/** First Linux release that has it. */
	readonly since: string;
	/** One paragraph. */
	readonly doc: string;
	readonly keySize: SizeRule;
	readonly valueSize: SizeRule;
	readonly maxEntries: SizeRule;
	/** Creation flags (BPF_F_*) that may be set; others are EINVAL. */
	readonly flags: number;
	/** Creation flags that must be set, else EINVAL. */
	readonly mustFlags?: number;
	/** Creation flags that are ENOTSUPP. */
	readonly notSupported?: number;
	/** Key and value types must be given in BTF. */
	readonly needsBtf?: boolean;
	/** One value for each CPU. */
	readonly perCpu?: boolean;
	/** A template of the inner maps must be given. */
	readonly needsInner?: boolean;
	/** ld_imm64 may give the address of a value (BPF_PSEUDO_MAP_VALUE). */
	readonly directValue?: boolean;
	/** What bpf_map_lookup_elem gives; PTR_TO_MAP_VALUE_OR_NULL when absent. */
	readonly lookup?: "CONST_PTR_TO_MAP" | "PTR_TO_SOCKET" | "PTR_TO_XDP_SOCK";
	/** Special fields that a value may have; EOPNOTSUPP for the others. */
	readonly special?: readonly SpecialField[];
	/** Sleepable programs may use it. */
	readonly sleepable?: boolean;
	/** map_extra may be other than 0: the largest. */
	readonly maxExtra?: number;
}

/** Flags of BPF_MAP_CREATE. */
export const mapFlags = {
	BPF_F_NO_PREALLOC: 1 << 0,
	BPF_F_NO_COMMON_LRU: 1 << 1,
	BPF_F_NUMA_NODE: 1 << 2,
	BPF_F_RDONLY: 1 << 3,
	BPF_F_WRONLY: 1 << 4,
	BPF_F_STACK_BUILD_ID: 1 << 5,
	BPF_F_ZERO_SEED: 1 << 6,
	BPF_F_RDONLY_PROG: 1 << 7,
	BPF_F_WRONLY_PROG: 1 << 8,
	BPF_F_CLONE: 1 << 9,
	BPF_F_MMAPABLE: 1 << 10,
	BPF_F_PRESERVE_ELEMS: 1 << 11,
	BPF_F_INNER_MAP: 1 << 12,
	BPF_F_SEGV_ON_FAULT: 1 << 17,
	BPF_F_NO_USER_CONV: 1 << 18,
} as const;

/** Flags of updates and lookups; BPF_F_LOCK is added to one of the others. */
export const updateFlags = { BPF_ANY: 0, BPF_NOEXIST: 1, BPF_EXIST: 2, BPF_F_LOCK: 4 } as const;

const {
	BPF_F_NO_PREALLOC,
	BPF_F_NO_COMMON_LRU,
	BPF_F_NUMA_NODE,
	BPF_F_RDONLY,
	BPF_F_WRONLY,
	BPF_F_STACK_BUILD_ID,
	BPF_F_ZERO_SEED,
	BPF_F_RDONLY_PROG,
	BPF_F_WRONLY_PROG,
	BPF_F_CLONE,
	BPF_F_MMAPABLE,
	BPF_F_PRESERVE_ELEMS,
	BPF_F_INNER_MAP,
	BPF_F_SEGV_ON_FAULT,
	BPF_F_NO_USER_CONV,
} = mapFlags;

const USER = BPF_F_RDONLY | BPF_F_WRONLY;
const PROG = BPF_F_RDONLY_PROG | BPF_F_WRONLY_PROG;
const HASH = BPF_F_NO_PREALLOC | USER | BPF_F_ZERO_SEED | PROG;

const none: SizeRule = { only: [0] };
const u32: SizeRule = { only: [4] };
const fdOrMore: SizeRule = { only: [4, 8] };
const some: SizeRule = { min: 1 };
/** The largest block that the kernel allocates in one piece. */
const block: SizeRule = { min: 1, e2big: 4 << 20 };
/** Values of per-CPU maps must fit one page of the per-CPU allocator. */
const perCpuValue: SizeRule = { min: 1, e2big: 32768 };

const LOCKS: readonly SpecialField[] = ["bpf_spin_lock", "bpf_res_spin_lock"];
const ASYNC: readonly SpecialField[] = ["bpf_timer", "bpf_wq", "bpf_task_work"];
const KPTR: readonly SpecialField[] = ["kptr", "bpf_refcount"];
const GRAPH: readonly SpecialField[] = ["bpf_list_head", "bpf_rb_root"];

const localStorage = {
	keySize: u32,
	valueSize: { min: 1, e2big: 65528 },
	maxEntries: none,
	flags: BPF_F_NO_PREALLOC | BPF_F_CLONE,
	mustFlags: BPF_F_NO_PREALLOC,
	needsBtf: true,
	sleepable: true,
	special: [...LOCKS, ...KPTR],
} as const;

/** Every type; the index is the number, 0 is none. */
export const mapTypes: readonly (MapType | undefined)[] = [
	undefined,
	{
		id: 1,
		name: "hash",
		since: "3.19",
		doc: "Hash table: keys and values of any size. All elements are allocated at creation unless BPF_F_NO_PREALLOC is given. An update beyond max_entries fails with E2BIG. Lookup gives a pointer to the value, which other CPUs may change meanwhile.",
		keySize: some,
		valueSize: some,
		maxEntries: some,
		flags: HASH | BPF_F_NUMA_NODE,
		special: [...LOCKS, ...ASYNC, ...KPTR, ...GRAPH],
		sleepable: true,
	},
	{
		id: 2,
		name: "array",
		since: "3.19",
		doc: "Array: the key is a 32-bit index below max_entries. All values exist from the start, filled with zeros; they cannot be deleted. Global variables of a program live in one-element arrays, whose bytes ld_imm64 can address directly.",
		keySize: u32,
		valueSize: some,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER | PROG | BPF_F_MMAPABLE | BPF_F_INNER_MAP,
		directValue: true,
		special: [...LOCKS, ...ASYNC, ...KPTR, ...GRAPH],
		sleepable: true,
	},
	{
		id: 3,
		name: "prog_array",
		since: "4.2",
		doc: "Array of programs, the jump table of bpf_tail_call. User space stores file descriptors of programs; all must have the same type and be compatible. An empty slot makes the tail call fall through.",
		keySize: u32,
		valueSize: u32,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER,
	},
	{
		id: 4,
		name: "perf_event_array",
		since: "4.3",
		doc: "Array of perf events, usually one for each CPU, to which programs send samples by bpf_perf_event_output, or whose counters they read. User space stores perf event file descriptors.",
		keySize: u32,
		valueSize: u32,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER | BPF_F_PRESERVE_ELEMS,
	},
	{
		id: 5,
		name: "percpu_hash",
		since: "4.6",
		doc: "Hash table with a separate value for each CPU under every key: programs see their own CPU's, without contention; user space reads and writes all of them, each rounded up to 8 bytes.",
		keySize: some,
		valueSize: perCpuValue,
		maxEntries: some,
		flags: HASH,
		perCpu: true,
		special: KPTR,
		sleepable: true,
	},
	{
		id: 6,
		name: "percpu_array",
		since: "4.6",
		doc: "Array with a separate value for each CPU at every index. The usual place for counters, and for scratch memory larger than the stack.",
		keySize: u32,
		valueSize: perCpuValue,
		maxEntries: some,
		flags: USER | PROG,
		perCpu: true,
		special: KPTR,
		sleepable: true,
	},
	{
		id: 7,
		name: "stack_trace",
		since: "4.6",
		doc: "Stack traces by number: bpf_get_stackid stores the current stack and gives its id, user space looks the addresses up by that. A value holds 8 bytes for each frame, up to 127 frames.",
		keySize: u32,
		valueSize: { min: 8, max: 127 * 8, multiple: 8 },
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER | BPF_F_STACK_BUILD_ID,
	},
	{
		id: 8,
		name: "cgroup_array",
		since: "4.8",
		doc: "Array of cgroups, against which programs test a packet's socket or the current task. User space stores file descriptors of cgroup directories.",
		keySize: u32,
		valueSize: u32,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER,
	},
	{
		id: 9,
		name: "lru_hash",
		since: "4.10",
		doc: "Hash table that makes room by dropping the elements that were least recently used, so that updates of a full map succeed. Which element goes is approximate. BPF_F_NO_COMMON_LRU keeps one list for each CPU.",
		keySize: some,
		valueSize: some,
		maxEntries: some,
		flags: (HASH & ~BPF_F_NO_PREALLOC) | BPF_F_NO_COMMON_LRU | BPF_F_NUMA_NODE,
		notSupported: BPF_F_NO_PREALLOC,
		special: [...ASYNC, ...KPTR, ...GRAPH],
		sleepable: true,
	},
	{
		id: 10,
		name: "lru_percpu_hash",
		since: "4.10",
		doc: "As lru_hash, with a separate value for each CPU under every key.",
		keySize: some,
		valueSize: perCpuValue,
		maxEntries: some,
		flags: (HASH & ~BPF_F_NO_PREALLOC) | BPF_F_NO_COMMON_LRU,
		notSupported: BPF_F_NO_PREALLOC,
		perCpu: true,
		special: KPTR,
		sleepable: true,
	},
	{
		id: 11,
		name: "lpm_trie",
		since: "4.11",
		doc: "Trie for longest prefix match, e.g. routes. A key is a 32-bit prefix length in bits and then the data, most significant byte first (struct bpf_lpm_trie_key_u8); a lookup with the full length gives the most specific prefix that matches.",
		keySize: { min: 5, max: 260 },
		valueSize: { min: 1, max: 4194024 },
		maxEntries: some,
		flags: BPF_F_NO_PREALLOC | BPF_F_NUMA_NODE | USER | PROG,
		mustFlags: BPF_F_NO_PREALLOC,
	},
	{
		id: 12,
		name: "array_of_maps",
		since: "4.12",
		doc: "Array of maps that all look like the template given at creation. Lookup in a program gives the inner map, to be used in a second lookup. User space stores map file descriptors.",
		keySize: u32,
		valueSize: u32,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER,
		needsInner: true,
		lookup: "CONST_PTR_TO_MAP",
		sleepable: true,
	},
	{
		id: 13,
		name: "hash_of_maps",
		since: "4.12",
		doc: "Hash table of maps that all look like the template given at creation; as array_of_maps, with keys of any size.",
		keySize: some,
		valueSize: u32,
		maxEntries: some,
		flags: HASH | BPF_F_NUMA_NODE,
		needsInner: true,
		lookup: "CONST_PTR_TO_MAP",
		sleepable: true,
	},
	{
		id: 14,
		name: "devmap",
		since: "4.14",
		doc: "Array of network devices as targets of bpf_redirect_map. A value is an interface index, optionally followed by the descriptor of an XDP program that runs at that egress.",
		keySize: u32,
		valueSize: fdOrMore,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER,
	},
	{
		id: 15,
		name: "sockmap",
		since: "4.14",
		doc: "Array of sockets between which sk_skb and sk_msg programs redirect data. Programs may also look sockets up, add and remove them.",
		keySize: u32,
		valueSize: fdOrMore,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER,
		lookup: "PTR_TO_SOCKET",
	},
	{
		id: 16,
		name: "cpumap",
		since: "4.15",
		doc: "Array of CPUs as targets of bpf_redirect_map: frames are queued to another CPU, which builds the socket buffers. A value is the queue's length, optionally followed by the descriptor of an XDP program to run there.",
		keySize: u32,
		valueSize: fdOrMore,
		// The number of CPUs the kernel is built for (CONFIG_NR_CPUS).
		maxEntries: { min: 1, e2big: 256 },
		flags: BPF_F_NUMA_NODE,
	},
	{
		id: 17,
		name: "xskmap",
		since: "4.18",
		doc: "Array of AF_XDP sockets as targets of bpf_redirect_map, which delivers frames to user space without the network stack.",
		keySize: u32,
		valueSize: u32,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER,
		lookup: "PTR_TO_XDP_SOCK",
	},
	{
		id: 18,
		name: "sockhash",
		since: "4.18",
		doc: "Hash table of sockets; as sockmap, with keys of up to 512 bytes.",
		keySize: { min: 1, e2big: 512 },
		valueSize: fdOrMore,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER,
		lookup: "PTR_TO_SOCKET",
	},
	{
		id: 19,
		name: "cgroup_storage",
		since: "4.19",
		doc: "Memory that belongs to a cgroup and the program attached to it, obtained by bpf_get_local_storage. The key is struct bpf_cgroup_storage_key or a bare cgroup id. Superseded by cgrp_storage.",
		keySize: { only: [8, 16] },
		valueSize: { min: 1, e2big: 65407 },
		maxEntries: none,
		flags: BPF_F_NUMA_NODE | USER | PROG,
		special: LOCKS,
	},
	{
		id: 20,
		name: "reuseport_sockarray",
		since: "4.19",
		doc: "Array of SO_REUSEPORT sockets from which an sk_reuseport program selects one.",
		keySize: u32,
		valueSize: fdOrMore,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER | PROG,
	},
	{
		id: 21,
		name: "percpu_cgroup_storage",
		since: "4.20",
		doc: "As cgroup_storage, with a separate value for each CPU.",
		keySize: { only: [8, 16] },
		valueSize: perCpuValue,
		maxEntries: none,
		flags: BPF_F_NUMA_NODE | USER | PROG,
		perCpu: true,
	},
	{
		id: 22,
		name: "queue",
		since: "4.20",
		doc: "First in, first out, without keys: bpf_map_push_elem adds, bpf_map_pop_elem takes the oldest, bpf_map_peek_elem reads it. A push to a full queue fails with E2BIG unless BPF_EXIST asks to drop the oldest.",
		keySize: none,
		valueSize: block,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER | PROG,
		sleepable: true,
	},
	{
		id: 23,
		name: "stack",
		since: "4.20",
		doc: "Last in, first out, without keys; the helpers are those of a queue.",
		keySize: none,
		valueSize: block,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER | PROG,
		sleepable: true,
	},
	{
		id: 24,
		name: "sk_storage",
		since: "5.2",
		doc: "Memory that belongs to a socket and goes with it. Programs get it by bpf_sk_storage_get, user space by a socket's file descriptor as key. BPF_F_CLONE copies it to accepted connections.",
		...localStorage,
	},
	{
		id: 25,
		name: "devmap_hash",
		since: "5.4",
		doc: "Hash table of network devices as redirect targets; as devmap, for sparse keys such as interface indexes.",
		keySize: u32,
		valueSize: fdOrMore,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER,
	},
	{
		id: 26,
		name: "struct_ops",
		since: "5.6",
		doc: "Holds an implementation of a kernel operations struct whose functions are BPF programs. Updating its one element registers it. No program may use it.",
		keySize: u32,
		valueSize: some,
		maxEntries: { only: [1] },
		flags: 0,
		needsBtf: true,
	},
	{
		id: 27,
		name: "ringbuf",
		since: "5.8",
		doc: "Ring buffer of variable-length records to user space, shared by all CPUs and ordered. max_entries is its size in bytes, a power of two and a multiple of the page size. Records are reserved and submitted, or copied in whole.",
		keySize: none,
		valueSize: none,
		maxEntries: { pages: true },
		flags: BPF_F_NUMA_NODE,
		sleepable: true,
	},
	{
		id: 28,
		name: "inode_storage",
		since: "5.10",
		doc: "Memory that belongs to an inode, for security programs.",
		...localStorage,
	},
	{
		id: 29,
		name: "task_storage",
		since: "5.11",
		doc: "Memory that belongs to a task (thread). Programs get it by bpf_task_storage_get, user space by a pidfd as key.",
		...localStorage,
		special: [...LOCKS, ...KPTR, "uptr"],
	},
	{
		id: 30,
		name: "bloom_filter",
		since: "5.16",
		doc: "Set of values that answers whether a value was perhaps added or surely not. bpf_map_push_elem adds, bpf_map_peek_elem asks. map_extra is the number of hash functions, 5 when 0.",
		keySize: none,
		valueSize: block,
		maxEntries: some,
		flags: BPF_F_NUMA_NODE | USER | BPF_F_ZERO_SEED | PROG,
		maxExtra: 15,
	},
	{
		id: 31,
		name: "user_ringbuf",
		since: "6.1",
		doc: "Ring buffer in the other direction: user space produces records, bpf_user_ringbuf_drain hands each to a callback as a dynptr.",
		keySize: none,
		valueSize: none,
		maxEntries: { pages: true },
		flags: BPF_F_NUMA_NODE,
		sleepable: true,
	},
	{
		id: 32,
		name: "cgrp_storage",
		since: "6.2",
		doc: "Memory that belongs to a cgroup, for any program that has a pointer to it; not bound to an attached program as cgroup_storage is.",
		...localStorage,
	},
	{
		id: 33,
		name: "arena",
		since: "6.9",
		doc: "Sparse memory of up to 4 GiB that a program and user space share, with pointers valid on both sides. max_entries counts pages; map_extra may fix the user space address.",
		keySize: none,
		valueSize: none,
		maxEntries: { min: 1, e2big: 1 << 20 },
		flags: BPF_F_MMAPABLE | BPF_F_SEGV_ON_FAULT | BPF_F_NO_USER_CONV,
		mustFlags: BPF_F_MMAPABLE,
		directValue: true,
		sleepable: true,
	},
];
