// Which header declares a well-known name: for the note beside "undeclared".

const known: readonly (readonly [RegExp, string])[] = [
	[/^bpf_(?:htons|ntohs|htonl|ntohl|cpu_to_be64|be64_to_cpu)$/, "bpf/bpf_endian.h"],
	[/^(?:BPF_CORE_READ\w*|bpf_core_\w+|BPF_PROBE_READ\w*)$/, "bpf/bpf_core_read.h"],
	[/^(?:PT_REGS_\w+|BPF_K(?:RET)?PROBE|BPF_PROG2?|BPF_KSYSCALL|BPF_UPROBE)$/, "bpf/bpf_tracing.h"],
	[/^(?:bpf_\w+|SEC|__uint|__type|__array)$/, "bpf/bpf_helpers.h"],
	[/^(?:BPF_\w+|XDP_\w+)$/, "linux/bpf.h"],
	[/^TC_ACT_\w+$/, "linux/pkt_cls.h"],
	[/^ETH_\w+$/, "linux/if_ether.h"],
	[/^IPPROTO_\w+$/, "linux/in.h"],
	[/^__(?:[us](?:8|16|32|64)|be(?:16|32|64)|le(?:16|32|64))$/, "linux/types.h"],
	[/^u?int(?:8|16|32|64)_t$/, "stdint.h"],
	[/^(?:bool|true|false)$/, "stdbool.h"],
	[/^(?:size_t|ptrdiff_t|NULL|offsetof)$/, "stddef.h"],
	[/^(?:mem|str)[a-z]+$/, "string.h"],
	[/^v?[fs]?n?(?:printf|scanf)$|^(?:puts|putchar)$/, "stdio.h"],
	[/^l{0,2}abs$/, "stdlib.h"],
];

/** The header that a name is known from. */
function headerOf(name: string): string | undefined {
	return known.find(([shape]) => shape.test(name))?.[1];
}

/** The note that recommends it. */
export function headerNote(name: string): string | undefined {
	const header = headerOf(name);
	return (
		header && `include the header <${header}> or explicitly provide a declaration for '${name}'`
	);
}
