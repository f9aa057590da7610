// Hooks of the Linux security modules that programs attach to: which are closed to programs, which may sleep, whose arguments can
// be trusted, what they return (kernel/bpf/bpf_lsm.c). Names without `bpf_lsm_`. Tables; knows nothing of states.

const words = (text: string) => new Set(text.trim().split(/\s+/));

/** Functions of the same prefix that are no hooks. */
const noHooks = words(
	"find_cgroup_shim func_proto get_retval_range init is_sleepable_hook is_trusted verify_prog",
);

const disabled = words(`
	vm_enough_memory inode_need_killpriv inode_getsecurity inode_listsecurity inode_copy_up_xattr getselfattr getprocattr
	setprocattr key_getsecurity audit_rule_match xfrm_decode_session ismaclabel`);

const sleeping = words(`
	bpf bpf_map bpf_map_create bpf_map_free bpf_prog bpf_prog_load bpf_token_create bpf_token_free bpf_token_cmd
	bpf_token_capable bprm_check_security bprm_committed_creds bprm_committing_creds bprm_creds_for_exec bprm_creds_from_file
	capget capset cred_prepare file_ioctl file_lock file_open file_post_open file_receive inode_create inode_free_security
	inode_getattr inode_getxattr inode_mknod inode_need_killpriv inode_post_setxattr inode_post_removexattr inode_readlink
	inode_rename inode_rmdir inode_setattr inode_setxattr inode_removexattr inode_set_acl inode_symlink inode_unlink
	kernel_module_request kernel_read_file kernfs_init_security path_unlink path_mkdir path_rmdir path_truncate path_symlink
	path_link path_rename path_chmod path_chown mmap_file netlink_send path_notify release_secctx sb_alloc_security
	sb_eat_lsm_opts sb_kern_mount sb_mount sb_remount sb_set_mnt_opts sb_show_options sb_statfs sb_umount settime
	inet_conn_established socket_accept socket_bind socket_connect socket_create socket_getpeername socket_getpeersec_dgram
	socket_getsockname socket_getsockopt socket_listen socket_post_create socket_recvmsg socket_sendmsg socket_shutdown
	socket_socketpair syslog task_alloc task_prctl task_setscheduler task_to_inode userns_create current_getlsmprop_subj
	task_getlsmprop_obj`);

const untrusted = words(`
	bpf_map_free bpf_prog_free file_alloc_security file_free_security sk_alloc_security sk_free_security task_free`);

const yesOrNo = words("xfrm_state_pol_flow_match audit_rule_known inode_xattr_skipcap");

const PREFIX = "bpf_lsm_";

/** A hook that programs may be attached to. */
interface LsmHook {
	readonly disabled: boolean;
	readonly sleeps: boolean;
	readonly trusted: boolean;
	/** What it returns, unless it returns nothing. */
	readonly range: { readonly min: number; readonly max: number };
}

/** The hook of a kernel function, undefined when it is none. */
export function lsmHook(name: string): LsmHook | undefined {
	if (!name.startsWith(PREFIX)) return undefined;
	const hook = name.slice(PREFIX.length);
	if (noHooks.has(hook)) return undefined;
	return {
		disabled: disabled.has(hook),
		sleeps: sleeping.has(hook),
		trusted: !untrusted.has(hook),
		range: yesOrNo.has(hook) ? { min: 0, max: 1 } : { min: -4095, max: 0 },
	};
}
