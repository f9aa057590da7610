// Headers that projects keep copies of, by the names that the copies have. Knows nothing of where headers are looked for.

const libbpf = /^(?:bpf_(?:helpers|helper_defs|endian|tracing|core_read)|usdt\.bpf)\.h$/;
const xdp = /^(?:parsing|xdp)_helpers\.h$/;
const vmlinux = /^vmlinux(?:[-_.]?(?:x86|x86_64|amd64|v?\d[\d._]*))?\.h$/;

/** `../headers/bpf_helpers.h` → `bpf/bpf_helpers.h`; undefined when it is no such header, or that very name. */
export function commonHeader(name: string): string | undefined {
	const base = name.slice(name.lastIndexOf("/") + 1);
	let common: string | undefined;
	if (vmlinux.test(base)) common = "vmlinux.h";
	else if (libbpf.test(base)) common = `bpf/${base}`;
	else if (xdp.test(base)) common = `xdp/${base}`;
	return common === name ? undefined : common;
}
