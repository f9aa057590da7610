// Kernel functions that programs of Linux 6.18 may call: their flags and the sets of program types that each is
// registered for (BTF_KFUNCS_START of the kernel). Prototypes are not here: the kernel's BTF has them.

import { attachType as A } from "./attach.ts";

export const KF_ACQUIRE = 1 << 0;
export const KF_RELEASE = 1 << 1;
export const KF_RET_NULL = 1 << 2;
export const KF_TRUSTED_ARGS = 1 << 4;
export const KF_SLEEPABLE = 1 << 5;
const KF_DESTRUCTIVE = 1 << 6;
export const KF_RCU = 1 << 7;
export const KF_ITER_NEW = 1 << 8;
export const KF_ITER_NEXT = 1 << 9;
export const KF_ITER_DESTROY = 1 << 10;
export const KF_RCU_PROTECTED = 1 << 11;
export const KF_FASTCALL = 1 << 12;

const flagBits: Readonly<Record<string, number>> = {
	acquire: KF_ACQUIRE,
	release: KF_RELEASE,
	ret_null: KF_RET_NULL,
	trusted_args: KF_TRUSTED_ARGS,
	sleepable: KF_SLEEPABLE,
	destructive: KF_DESTRUCTIVE,
	rcu: KF_RCU,
	iter_new: KF_ITER_NEW,
	iter_next: KF_ITER_NEXT,
	iter_destroy: KF_ITER_DESTROY,
	rcu_protected: KF_RCU_PROTECTED,
	fastcall: KF_FASTCALL,
};

const SOCKET_FILTER = 1;
const KPROBE = 2;
const CLS = 3;
const ACT = 4;
const TRACEPOINT = 5;
const XDP = 6;
const PERF_EVENT = 7;
const SK_SKB = 14;
const SOCK_OPS = 13;
const TRACING = 26;
const STRUCT_OPS = 27;
const LSM = 29;
const SYSCALL = 31;
const NETFILTER = 32;
const cgroup = [8, 9, 15, 18, 23, 25, SOCK_OPS];
const tracing = [TRACEPOINT, PERF_EVENT, TRACING, LSM];

/** Program types of each set; `any`: all. */
const types: Readonly<Record<string, readonly number[]>> = {
	cgroup,
	clsact: [CLS, ACT],
	conntrack: [XDP, CLS],
	cpumask: [...tracing, STRUCT_OPS, SYSCALL],
	crypto: [XDP, CLS, ACT],
	generic: [XDP, CLS, ...tracing, STRUCT_OPS, SYSCALL, ...cgroup],
	iter: [TRACING],
	lsm: [LSM],
	session: [KPROBE],
	skb: [SOCKET_FILTER, CLS, ACT, ...tracing, ...cgroup, SK_SKB, 10, 11, 12, 19, NETFILTER],
	struct_ops: [STRUCT_OPS],
	syscall: [SYSCALL],
	tc: [CLS],
	test: [CLS, ...tracing, SYSCALL],
	tracing,
	xdp: [XDP],
};

/** Attach types that a set asks for as well. */
const attachTypes: Readonly<Record<string, readonly number[]>> = {
	iter: [A.BPF_TRACE_ITER],
	session: [A.BPF_TRACE_KPROBE_SESSION, A.BPF_TRACE_UPROBE_SESSION],
};

const sets: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	any: {
		__bpf_trap: "",
		bpf_arena_alloc_pages: "trusted_args sleepable",
		bpf_arena_free_pages: "trusted_args sleepable",
		bpf_arena_reserve_pages: "trusted_args sleepable",
		bpf_cast_to_kern_ctx: "fastcall",
		bpf_cgroup_read_xattr: "rcu",
		bpf_copy_from_user_dynptr: "sleepable",
		bpf_copy_from_user_str: "sleepable",
		bpf_copy_from_user_str_dynptr: "sleepable",
		bpf_copy_from_user_task_dynptr: "sleepable trusted_args",
		bpf_copy_from_user_task_str: "sleepable",
		bpf_copy_from_user_task_str_dynptr: "sleepable trusted_args",
		bpf_dynptr_adjust: "",
		bpf_dynptr_clone: "",
		bpf_dynptr_copy: "",
		bpf_dynptr_is_null: "",
		bpf_dynptr_is_rdonly: "",
		bpf_dynptr_memset: "",
		bpf_dynptr_size: "",
		bpf_dynptr_slice: "ret_null",
		bpf_dynptr_slice_rdwr: "ret_null",
		bpf_get_kmem_cache: "",
		bpf_iter_bits_destroy: "iter_destroy",
		bpf_iter_bits_new: "iter_new",
		bpf_iter_bits_next: "iter_next ret_null",
		bpf_iter_css_destroy: "iter_destroy",
		bpf_iter_css_new: "iter_new trusted_args rcu_protected",
		bpf_iter_css_next: "iter_next ret_null",
		bpf_iter_css_task_destroy: "iter_destroy",
		bpf_iter_css_task_new: "iter_new trusted_args",
		bpf_iter_css_task_next: "iter_next ret_null",
		bpf_iter_dmabuf_destroy: "iter_destroy sleepable",
		bpf_iter_dmabuf_new: "iter_new sleepable",
		bpf_iter_dmabuf_next: "iter_next ret_null sleepable",
		bpf_iter_kmem_cache_destroy: "iter_destroy sleepable",
		bpf_iter_kmem_cache_new: "iter_new sleepable",
		bpf_iter_kmem_cache_next: "iter_next ret_null sleepable",
		bpf_iter_num_destroy: "iter_destroy",
		bpf_iter_num_new: "iter_new",
		bpf_iter_num_next: "iter_next ret_null",
		bpf_iter_task_destroy: "iter_destroy",
		bpf_iter_task_new: "iter_new trusted_args rcu_protected",
		bpf_iter_task_next: "iter_next ret_null",
		bpf_iter_task_vma_destroy: "iter_destroy",
		bpf_iter_task_vma_new: "iter_new rcu",
		bpf_iter_task_vma_next: "iter_next ret_null",
		bpf_local_irq_restore: "",
		bpf_local_irq_save: "",
		bpf_map_sum_elem_count: "trusted_args",
		bpf_modify_return_test_tp: "",
		bpf_preempt_disable: "",
		bpf_preempt_enable: "",
		bpf_probe_read_kernel_dynptr: "",
		bpf_probe_read_kernel_str_dynptr: "",
		bpf_probe_read_user_dynptr: "",
		bpf_probe_read_user_str_dynptr: "",
		bpf_rcu_read_lock: "",
		bpf_rcu_read_unlock: "",
		bpf_rdonly_cast: "fastcall",
		bpf_res_spin_lock: "",
		bpf_res_spin_lock_irqsave: "",
		bpf_res_spin_unlock: "",
		bpf_res_spin_unlock_irqrestore: "",
		bpf_strcasecmp: "",
		bpf_strchr: "",
		bpf_strchrnul: "",
		bpf_strcmp: "",
		bpf_strcspn: "",
		bpf_stream_vprintk_impl: "trusted_args",
		bpf_strlen: "",
		bpf_strnchr: "",
		bpf_strnlen: "",
		bpf_strnstr: "",
		bpf_strrchr: "",
		bpf_strspn: "",
		bpf_strstr: "",
		bpf_task_work_schedule_resume_impl: "trusted_args",
		bpf_task_work_schedule_signal_impl: "trusted_args",
		bpf_wq_init: "",
		bpf_wq_set_callback_impl: "",
		bpf_wq_start: "",
		bpf_xdp_metadata_rx_hash: "",
		bpf_xdp_metadata_rx_timestamp: "",
		bpf_xdp_metadata_rx_vlan_tag: "",
	},
	cgroup: {
		bpf_sock_addr_set_sun_path: "",
		bpf_sock_ops_enable_tx_tstamp: "trusted_args",
	},
	clsact: {
		bpf_dynptr_from_skb_meta: "trusted_args",
	},
	conntrack: {
		bpf_ct_change_status: "trusted_args",
		bpf_ct_change_timeout: "trusted_args",
		bpf_ct_insert_entry: "acquire ret_null release",
		bpf_ct_release: "release",
		bpf_ct_set_nat_info: "trusted_args",
		bpf_ct_set_status: "trusted_args",
		bpf_ct_set_timeout: "trusted_args",
		bpf_skb_ct_alloc: "acquire ret_null",
		bpf_skb_ct_lookup: "acquire ret_null",
		bpf_xdp_ct_alloc: "acquire ret_null",
		bpf_xdp_ct_lookup: "acquire ret_null",
	},
	cpumask: {
		bpf_cpumask_acquire: "acquire trusted_args",
		bpf_cpumask_and: "rcu",
		bpf_cpumask_any_and_distribute: "rcu",
		bpf_cpumask_any_distribute: "rcu",
		bpf_cpumask_clear: "rcu",
		bpf_cpumask_clear_cpu: "rcu",
		bpf_cpumask_copy: "rcu",
		bpf_cpumask_create: "acquire ret_null",
		bpf_cpumask_empty: "rcu",
		bpf_cpumask_equal: "rcu",
		bpf_cpumask_first: "rcu",
		bpf_cpumask_first_and: "rcu",
		bpf_cpumask_first_zero: "rcu",
		bpf_cpumask_full: "rcu",
		bpf_cpumask_intersects: "rcu",
		bpf_cpumask_or: "rcu",
		bpf_cpumask_populate: "rcu",
		bpf_cpumask_release: "release",
		bpf_cpumask_set_cpu: "rcu",
		bpf_cpumask_setall: "rcu",
		bpf_cpumask_subset: "rcu",
		bpf_cpumask_test_and_clear_cpu: "rcu",
		bpf_cpumask_test_and_set_cpu: "rcu",
		bpf_cpumask_test_cpu: "rcu",
		bpf_cpumask_weight: "rcu",
		bpf_cpumask_xor: "rcu",
	},
	crypto: {
		bpf_crypto_decrypt: "rcu",
		bpf_crypto_encrypt: "rcu",
	},
	generic: {
		bpf_cgroup_acquire: "acquire rcu ret_null",
		bpf_cgroup_ancestor: "acquire rcu ret_null",
		bpf_cgroup_from_id: "acquire ret_null",
		bpf_cgroup_release: "release",
		bpf_key_put: "release",
		bpf_list_back: "ret_null",
		bpf_list_front: "ret_null",
		bpf_list_pop_back: "acquire ret_null",
		bpf_list_pop_front: "acquire ret_null",
		bpf_list_push_back_impl: "",
		bpf_list_push_front_impl: "",
		bpf_lookup_system_key: "acquire ret_null",
		bpf_lookup_user_key: "acquire ret_null sleepable",
		bpf_obj_drop_impl: "release",
		bpf_obj_new_impl: "acquire ret_null",
		bpf_percpu_obj_drop_impl: "release",
		bpf_percpu_obj_new_impl: "acquire ret_null",
		bpf_rbtree_add_impl: "",
		bpf_rbtree_first: "ret_null",
		bpf_rbtree_left: "ret_null",
		bpf_rbtree_remove: "acquire ret_null",
		bpf_rbtree_right: "ret_null",
		bpf_rbtree_root: "ret_null",
		bpf_refcount_acquire_impl: "acquire ret_null rcu",
		bpf_send_signal_task: "trusted_args",
		bpf_task_acquire: "acquire rcu ret_null",
		bpf_task_from_pid: "acquire ret_null",
		bpf_task_from_vpid: "acquire ret_null",
		bpf_task_get_cgroup1: "acquire rcu ret_null",
		bpf_task_release: "release",
		bpf_task_under_cgroup: "rcu",
		bpf_throw: "",
	},
	iter: {
		bpf_sock_destroy: "trusted_args",
	},
	lsm: {
		bpf_get_dentry_xattr: "sleepable trusted_args",
		bpf_get_file_xattr: "sleepable trusted_args",
		bpf_get_task_exe_file: "acquire trusted_args ret_null",
		bpf_path_d_path: "trusted_args",
		bpf_put_file: "release",
		bpf_remove_dentry_xattr: "sleepable trusted_args",
		bpf_set_dentry_xattr: "sleepable trusted_args",
		// Everywhere where the others of keys are, when signatures of data are configured; Linux that was asked has none.
		bpf_verify_pkcs7_signature: "sleepable",
	},
	session: {
		bpf_session_cookie: "",
		bpf_session_is_return: "",
	},
	skb: {
		bpf_dynptr_from_skb: "trusted_args",
	},
	struct_ops: {
		bbr_cwnd_event: "",
		bbr_init: "",
		bbr_main: "",
		bbr_min_tso_segs: "",
		bbr_set_state: "",
		bbr_sndbuf_expand: "",
		bbr_ssthresh: "",
		bbr_undo_cwnd: "",
		cubictcp_acked: "",
		cubictcp_cong_avoid: "",
		cubictcp_cwnd_event: "",
		cubictcp_init: "",
		cubictcp_recalc_ssthresh: "",
		cubictcp_state: "",
		tcp_cong_avoid_ai: "",
		tcp_reno_cong_avoid: "",
		tcp_reno_ssthresh: "",
		tcp_reno_undo_cwnd: "",
		tcp_slow_start: "",
	},
	syscall: {
		bpf_crypto_ctx_acquire: "acquire rcu ret_null",
		bpf_crypto_ctx_create: "acquire ret_null sleepable",
		bpf_crypto_ctx_release: "release",
	},
	tc: {
		bpf_sk_assign_tcp_reqsk: "trusted_args",
	},
	test: {
		bpf_kfunc_call_memb_release: "release",
		bpf_kfunc_call_test_release: "release",
	},
	tracing: {
		css_rstat_flush: "sleepable",
		css_rstat_updated: "",
	},
	xdp: {
		bpf_dynptr_from_xdp: "",
		bpf_xdp_get_xfrm_state: "ret_null acquire",
		bpf_xdp_pull_data: "",
		bpf_xdp_xfrm_state_release: "release",
	},
};

/** What the kernel registered of one kernel function. */
export interface KfuncFacts {
	/** KF_* bits. */
	readonly flags: number;
	/** Whether a program of this BPF_PROG_TYPE_* and expected attach type may call it. */
	allows(type: number, attach: number): boolean;
}

/** Names of the kernel functions that programs may call, sorted. */
export function kfuncNames(): string[] {
	return Object.values(sets)
		.flatMap((members) => Object.keys(members))
		.sort();
}

/** The facts of the kernel function called `name`; undefined when no program may call it. */
export function kfuncFacts(name: string): KfuncFacts | undefined {
	for (const [set, members] of Object.entries(sets)) {
		if (!Object.hasOwn(members, name)) continue;
		let flags = 0;
		for (const word of (members[name] as string).split(" ")) flags |= flagBits[word] ?? 0;
		return {
			flags,
			allows: (type, attach) =>
				(set === "any" || types[set]?.includes(type) === true) &&
				(attachTypes[set]?.includes(attach) ?? true),
		};
	}
	return undefined;
}

/** Functions that only a program bound to a device may call. */
export function isMetadataKfunc(name: string): boolean {
	return name.startsWith("bpf_xdp_metadata_rx_");
}
