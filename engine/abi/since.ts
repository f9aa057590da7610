// The first Linux release with each kernel function that programs may call, and with each attach type that is younger than its program type. A
// pure table, from the kernel's history.

import { type AttachName, attachType } from "./attach.ts";

/** Names of kernel functions by release; `*` at the end of a name stands for any rest. */
const kfuncs: Readonly<Record<string, string>> = {
	"5.13":
		"bbr_* cubictcp_* dctcp_* tcp_reno_ssthresh tcp_reno_cong_avoid tcp_reno_undo_cwnd tcp_slow_start tcp_cong_avoid_ai",
	"5.18": "bpf_xdp_ct_lookup bpf_skb_ct_lookup bpf_ct_release",
	"6.0":
		"bpf_xdp_ct_alloc bpf_skb_ct_alloc bpf_ct_insert_entry bpf_ct_set_timeout bpf_ct_change_timeout bpf_ct_set_status bpf_ct_change_status",
	"6.1":
		"bpf_lookup_user_key bpf_lookup_system_key bpf_key_put bpf_verify_pkcs7_signature bpf_ct_set_nat_info crash_kexec cgroup_rstat_updated cgroup_rstat_flush",
	"6.2":
		"bpf_obj_new_impl bpf_obj_drop_impl bpf_list_pop_front bpf_list_pop_back bpf_task_acquire bpf_task_release bpf_task_from_pid bpf_cgroup_acquire bpf_cgroup_release bpf_cgroup_ancestor bpf_cast_to_kern_ctx bpf_rdonly_cast bpf_rcu_read_lock bpf_rcu_read_unlock bpf_skb_get_xfrm_info bpf_skb_set_xfrm_info",
	"6.3":
		"bpf_rbtree_remove bpf_rbtree_first bpf_xdp_metadata_rx_timestamp bpf_xdp_metadata_rx_hash hid_bpf_* bpf_cpumask_create bpf_cpumask_release bpf_cpumask_acquire bpf_cpumask_first bpf_cpumask_first_zero bpf_cpumask_set_cpu bpf_cpumask_clear_cpu bpf_cpumask_test_cpu bpf_cpumask_test_and_set_cpu bpf_cpumask_test_and_clear_cpu bpf_cpumask_setall bpf_cpumask_clear bpf_cpumask_and bpf_cpumask_or bpf_cpumask_xor bpf_cpumask_equal bpf_cpumask_intersects bpf_cpumask_subset bpf_cpumask_empty bpf_cpumask_full bpf_cpumask_copy",
	"6.4":
		"bpf_dynptr_from_skb bpf_dynptr_from_xdp bpf_dynptr_slice bpf_dynptr_slice_rdwr bpf_iter_num_* bpf_refcount_acquire_impl bpf_list_push_front_impl bpf_list_push_back_impl bpf_rbtree_add_impl bpf_cgroup_from_id bpf_skb_set_fou_encap bpf_skb_get_fou_encap",
	"6.5":
		"bpf_dynptr_adjust bpf_dynptr_is_null bpf_dynptr_is_rdonly bpf_dynptr_size bpf_dynptr_clone bpf_task_under_cgroup bpf_sock_destroy bpf_cpumask_first_and bpf_cpumask_any_distribute bpf_cpumask_any_and_distribute",
	"6.6": "bpf_map_sum_elem_count",
	"6.7":
		"bpf_throw bpf_percpu_obj_new_impl bpf_percpu_obj_drop_impl bpf_iter_task_* bpf_iter_css_* bpf_sock_addr_set_sun_path",
	"6.8":
		"bpf_get_file_xattr bpf_get_fsverity_digest bpf_task_get_cgroup1 bpf_cpumask_weight bpf_xdp_metadata_rx_vlan_tag bpf_xdp_get_xfrm_state bpf_xdp_xfrm_state_release",
	"6.9": "bpf_arena_alloc_pages bpf_arena_free_pages bpf_sk_assign_tcp_reqsk",
	"6.10":
		"bpf_wq_* bpf_preempt_disable bpf_preempt_enable bpf_crypto_* bpf_session_is_return bpf_session_cookie",
	"6.11": "bpf_iter_bits_*",
	"6.12":
		"bpf_copy_from_user_str bpf_get_dentry_xattr bpf_get_task_exe_file bpf_put_file bpf_path_d_path scx_bpf_*",
	"6.13": "bpf_get_kmem_cache bpf_iter_kmem_cache_* bpf_send_signal_task bpf_task_from_vpid",
	"6.14": "bpf_local_irq_save bpf_local_irq_restore",
	"6.15":
		"bpf_res_spin_* bpf_copy_from_user_task_str bpf_set_dentry_xattr bpf_remove_dentry_xattr bpf_cpumask_populate bpf_dynptr_copy bpf_sock_ops_enable_tx_tstamp",
	"6.16":
		"__bpf_trap bpf_iter_dmabuf_* bpf_probe_read_user_dynptr bpf_probe_read_kernel_dynptr bpf_probe_read_user_str_dynptr bpf_probe_read_kernel_str_dynptr bpf_copy_from_user_dynptr bpf_copy_from_user_str_dynptr bpf_copy_from_user_task_dynptr bpf_copy_from_user_task_str_dynptr bpf_list_front bpf_list_back bpf_rbtree_root bpf_rbtree_left bpf_rbtree_right bpf_qdisc_* bpf_skb_get_hash bpf_kfree_skb css_rstat_updated css_rstat_flush",
	"6.17":
		"bpf_arena_reserve_pages bpf_dynptr_memset bpf_cgroup_read_xattr bpf_strcmp bpf_strchr bpf_strchrnul bpf_strnchr bpf_strrchr bpf_strlen bpf_strnlen bpf_strspn bpf_strcspn bpf_strstr bpf_strnstr bpf_stream_vprintk",
	"6.18":
		"bpf_strcasecmp bpf_stream_vprintk_impl bpf_task_work_schedule_* bpf_dynptr_from_skb_meta bpf_xdp_pull_data",
};

/** The first release with the kernel function; undefined when that is not known. The longest name that fits decides. */
export function kfuncSince(name: string): string | undefined {
	let best: { readonly length: number; readonly since: string } | undefined;
	for (const [since, names] of Object.entries(kfuncs))
		for (const pattern of names.split(" ")) {
			const stem = pattern.endsWith("*") ? pattern.slice(0, -1) : undefined;
			const fits = stem === undefined ? pattern === name : name.startsWith(stem);
			if (fits && pattern.length > (best?.length ?? 0)) best = { length: pattern.length, since };
		}
	return best?.since;
}

const attaching: Readonly<Partial<Record<AttachName, string>>> = {
	BPF_CGROUP_UDP4_SENDMSG: "4.18",
	BPF_CGROUP_UDP6_SENDMSG: "4.18",
	BPF_CGROUP_INET4_POST_BIND: "4.17",
	BPF_CGROUP_INET6_POST_BIND: "4.17",
	BPF_CGROUP_UDP4_RECVMSG: "5.2",
	BPF_CGROUP_UDP6_RECVMSG: "5.2",
	BPF_MODIFY_RETURN: "5.7",
	BPF_TRACE_ITER: "5.8",
	BPF_CGROUP_INET4_GETPEERNAME: "5.8",
	BPF_CGROUP_INET6_GETPEERNAME: "5.8",
	BPF_CGROUP_INET4_GETSOCKNAME: "5.8",
	BPF_CGROUP_INET6_GETSOCKNAME: "5.8",
	BPF_XDP_DEVMAP: "5.8",
	BPF_CGROUP_INET_SOCK_RELEASE: "5.9",
	BPF_XDP_CPUMAP: "5.9",
	BPF_SK_SKB_VERDICT: "5.13",
	BPF_SK_REUSEPORT_SELECT_OR_MIGRATE: "5.14",
	BPF_TRACE_KPROBE_MULTI: "5.18",
	BPF_LSM_CGROUP: "6.0",
	BPF_TCX_INGRESS: "6.6",
	BPF_TCX_EGRESS: "6.6",
	BPF_TRACE_UPROBE_MULTI: "6.6",
	BPF_NETKIT_PRIMARY: "6.7",
	BPF_NETKIT_PEER: "6.7",
	BPF_CGROUP_UNIX_CONNECT: "6.7",
	BPF_CGROUP_UNIX_SENDMSG: "6.7",
	BPF_CGROUP_UNIX_RECVMSG: "6.7",
	BPF_CGROUP_UNIX_GETPEERNAME: "6.7",
	BPF_CGROUP_UNIX_GETSOCKNAME: "6.7",
	BPF_TRACE_KPROBE_SESSION: "6.10",
	BPF_TRACE_UPROBE_SESSION: "6.13",
};

/** Name and first release of an attach type that is younger than its program type. */
export function attachSince(
	type: number,
): { readonly name: string; readonly since: string } | undefined {
	for (const [name, since] of Object.entries(attaching))
		if (attachType[name as AttachName] === type) return { name, since };
	return undefined;
}
