// All helpers of Linux 6.18 by number and name, and which prototype a program type gets. The rows are in helpers/, by area.

import { attachType as A } from "./attach.ts";
import { cgroupHelpers } from "./helpers/cgroup.ts";
import { coreHelpers } from "./helpers/core.ts";
import { dynptrHelpers } from "./helpers/dynptr.ts";
import { lircHelpers } from "./helpers/lirc.ts";
import { lsmHelpers } from "./helpers/lsm.ts";
import { lwtHelpers } from "./helpers/lwt.ts";
import { mapHelpers } from "./helpers/map.ts";
import { outputHelpers } from "./helpers/output.ts";
import { probeHelpers } from "./helpers/probe.ts";
import { routeHelpers } from "./helpers/route.ts";
import { skbHelpers } from "./helpers/skb.ts";
import { socketHelpers } from "./helpers/socket.ts";
import { sockmapHelpers } from "./helpers/sockmap.ts";
import { storageHelpers } from "./helpers/storage.ts";
import { syscallHelpers } from "./helpers/syscall.ts";
import { taskHelpers } from "./helpers/task.ts";
import { tcpHelpers } from "./helpers/tcp.ts";
import { timeHelpers } from "./helpers/time.ts";
import { xdpHelpers } from "./helpers/xdp.ts";
import type { ProgName } from "./names.ts";
import { progNames } from "./names.ts";
import { effectiveAttach } from "./programs.ts";
import type { Helper, Proto } from "./proto.ts";

/** Every helper, ordered by id from 1 on without a gap. */
export const helpers: readonly Helper[] = [
	...mapHelpers,
	...coreHelpers,
	...timeHelpers,
	...probeHelpers,
	...taskHelpers,
	...outputHelpers,
	...dynptrHelpers,
	...skbHelpers,
	...routeHelpers,
	...xdpHelpers,
	...lwtHelpers,
	...socketHelpers,
	...tcpHelpers,
	...sockmapHelpers,
	...cgroupHelpers,
	...storageHelpers,
	...lsmHelpers,
	...syscallHelpers,
	...lircHelpers,
].sort((a, b) => a.id - b.id);

const byName = new Map(helpers.map((helper) => [helper.name, helper]));

/** The helper with this number, undefined when Linux 6.18 has none ("invalid func"). */
export function helperById(id: number): Helper | undefined {
	return helpers[id - 1];
}

/** The helper with this name, with or without the prefix `bpf_`. */
export function helperByName(name: string): Helper | undefined {
	return byName.get(name.startsWith("bpf_") ? name : `bpf_${name}`);
}

function fits(proto: Proto, name: ProgName, attachType: number | undefined): boolean {
	if (!proto.types.includes(name)) return false;
	if (attachType === undefined) return true;
	if (proto.exceptAttach?.includes(attachType)) return false;
	return proto.attach?.[name]?.includes(attachType) ?? true;
}

/**
 * The prototype that a program of this type gets. `attachType` is the program's expected attach type; without it the
 * attach type is taken to fit. Undefined when the type may not call the helper at all. For ext programs ask with the
 * type of the program whose function is replaced; for struct_ops the answer is that of tcp_congestion_ops.
 */
export function protoFor(
	helperId: number,
	progType: number,
	attachType?: number,
): Proto | undefined {
	const name: ProgName | undefined = progNames[progType];
	if (name === undefined) return undefined;
	const attach = attachType === undefined ? undefined : effectiveAttach(progType, attachType);
	return helperById(helperId)?.protos.find((proto) => fits(proto, name, attach));
}

/**
 * Whether a stock kernel lets a program of this type call the helper: what the verifier answers with "program of this
 * type cannot use helper" otherwise. A helper that the reference kernel was built without (Helper.needs) is not allowed.
 */
export function allowed(helperId: number, progType: number, attachType?: number): boolean {
	if (helperById(helperId)?.needs !== undefined) return false;
	return protoFor(helperId, progType, attachType) !== undefined;
}

/** Kernel functions at whose entry bpf_d_path may be called. */
const pathFunctions: readonly string[] = [
	"security_file_permission",
	"security_inode_getattr",
	"security_file_open",
	"security_path_truncate",
	"vfs_truncate",
	"vfs_fallocate",
	"dentry_open",
	"vfs_getattr",
	"filp_close",
];

/**
 * The further question that a few helpers ask about the attach point, once the type is allowed: "helper call is not
 * allowed in probe" otherwise. `attachTo` is the kernel function or tracepoint. For lsm programs it also depends on
 * whether the hook may sleep, which is taken as given. `onProgram`: the program is attached to a program instead.
 */
export function allowedAtAttach(
	helperId: number,
	progType: number,
	attachType: number,
	attachTo = "",
	onProgram = false,
): boolean {
	const iterator = progType === 26 && attachType === A.BPF_TRACE_ITER;
	const name = helperById(helperId)?.name;
	if (name === "bpf_d_path" && onProgram) return false;
	if (name === "bpf_d_path")
		return iterator || progType === 29 || (progType === 26 && pathFunctions.includes(attachTo));
	if (name === "bpf_sk_storage_get" || name === "bpf_sk_storage_delete") {
		if (progType === 31) return false;
		if (onProgram) return progType !== 26;
		return progType !== 26 || iterator || !attachTo.startsWith("bpf_sk_storage");
	}
	return true;
}
