// A file that was dropped on the page, in the project's terms: a project, a source, an object, packets. What it is is told by its
// content first, then by its name.

import { fromUtf8, toHex } from "../base/index.ts";
import { targetOf } from "../elf/index.ts";
import { readCapture } from "../net/index.ts";
import { buildFile } from "./build.ts";
import { PROJECT_LIMIT, parseProject } from "./parse.ts";
import type { ImportReply } from "./protocol.ts";

const CAPTURE_LIMIT = 64 << 20;
const MOST_PACKETS = 4096;

/** Never throws; `error` names the place and what was expected. */
export function importFile(name: string, bytes: Uint8Array): ImportReply {
	if (bytes.length > CAPTURE_LIMIT)
		return refused(`${name} has ${bytes.length} bytes; at most ${CAPTURE_LIMIT} are read`);
	if (/\.(pcap|pcapng|cap)$/i.test(name)) return packets(bytes);
	if (/\.json$/i.test(name)) return project(name, bytes);
	if (isKernel(name, bytes)) return kernel(name, bytes);
	if (/\.o$/i.test(name) || (bytes[0] === 0x7f && bytes[1] === 0x45)) return object(name, bytes);
	if (/\.(c|h|s|S|bpf|asm|txt)$/.test(name)) return source(name, bytes);
	return refused(`${name}: expected .c, .s, .bpf, .o, .pcap, .pcapng or .skep.json`);
}

/** Raw BTF, or an ELF file that is called vmlinux. */
function isKernel(name: string, bytes: Uint8Array): boolean {
	const raw = (bytes[0] === 0x9f && bytes[1] === 0xeb) || (bytes[0] === 0xeb && bytes[1] === 0x9f);
	return raw || (bytes[0] === 0x7f && /^vmlinux/.test(name));
}

function kernel(name: string, bytes: Uint8Array): ImportReply {
	const { value, diagnostics } = targetOf(bytes);
	if (!value) return { kind: "error", diagnostics };
	const types = value.btf.types.length - 1;
	if (types < 1) return refused(`${name}: there are no types in it`);
	return { kind: "kernel", bytes, types };
}

function refused(message: string): ImportReply {
	return { kind: "error", diagnostics: [{ severity: "error", id: "import/unknown", message }] };
}

function packets(bytes: Uint8Array): ImportReply {
	const { value, diagnostics } = readCapture(bytes, { maxPackets: MOST_PACKETS });
	if (!value) return { kind: "error", diagnostics };
	const first = value.packets[0]?.timestamp;
	return {
		kind: "packets",
		packets: value.packets.map((p) => ({
			data: toHex(p.bytes),
			...(p.comment === undefined ? {} : { name: p.comment }),
			time: first
				? Math.max(0, (p.timestamp.sec - first.sec) * 1e9 + p.timestamp.nsec - first.nsec)
				: 0,
		})),
	};
}

function project(name: string, bytes: Uint8Array): ImportReply {
	if (bytes.length > PROJECT_LIMIT)
		return refused(`${name} has ${bytes.length} bytes; a project has at most ${PROJECT_LIMIT}`);
	const { value, diagnostics } = parseProject(fromUtf8(bytes));
	return value ? { kind: "project", project: value } : { kind: "error", diagnostics };
}

function object(path: string, bytes: Uint8Array): ImportReply {
	const { object: read, diagnostics } = buildFile(path, bytes);
	if (!read) return { kind: "error", diagnostics };
	if (read.programs.length === 0) return refused(`${path}: there is no program in this object`);
	return { kind: "object", path, bytes, programs: read.programs.map((p) => p.name) };
}

function source(path: string, bytes: Uint8Array): ImportReply {
	if (bytes.length > PROJECT_LIMIT)
		return refused(`${path} has ${bytes.length} bytes; a source has at most ${PROJECT_LIMIT}`);
	return { kind: "source", path, text: fromUtf8(bytes) };
}
