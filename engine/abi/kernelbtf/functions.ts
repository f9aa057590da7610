// Kernel functions that programs call or attach to, and variables of each CPU of Linux 6.18 for x86-64, in the notation of
// parse.ts. A table: facts of the running kernel's BTF, made anew from the names that stand here with BLESS=1
// (kernelbtf.test.ts).

export const functions = `
var bpf_prog_active int
var runqueues +rq
func __alloc_pages_direct_compact (gfp_mask gfp_t,order unsigned-int,alloc_flags unsigned-int,ac *!+alloc_context,prio &compact_priority,compact_result *&compact_result)*+page
func __alloc_pages_noprof (gfp gfp_t,order unsigned-int,preferred_nid int,nodemask *nodemask_t)*+page
func __alloc_pages_slowpath (gfp_mask gfp_t,order unsigned-int,ac *+alloc_context)*+page
func __bpf_trap (). bpf_kfunc
func __dev_queue_xmit (skb *+sk_buff,sb_dev *+net_device)int
func __fput (file *+file).
func __free_pages (page *+page,order unsigned-int).
func __kfree_skb (skb *+sk_buff).
func __kmalloc_cache_node_noprof (s *+kmem_cache,gfpflags gfp_t,node int,size size_t)*.
func __kmalloc_cache_noprof (s *+kmem_cache,gfpflags gfp_t,size size_t)*.
func __kmalloc_large_node_noprof (size size_t,flags gfp_t,node int)*.
func __kmalloc_large_noprof (size size_t,flags gfp_t)*.
func __kmalloc_node_noprof (size size_t,b *kmem_buckets,flags gfp_t,node int)*.
func __kmalloc_node_track_caller_noprof (size size_t,b *kmem_buckets,flags gfp_t,node int,caller long-unsigned-int)*.
func __kmalloc_noprof (size size_t,flags gfp_t)*.
func __netif_receive_skb (skb *+sk_buff)int
func __netif_receive_skb_core (pskb **+sk_buff,pfmemalloc bool,ppt_prev **+packet_type)int
func __netif_receive_skb_list_core (head *+list_head,pfmemalloc bool).
func __netif_receive_skb_one_core (skb *+sk_buff,pfmemalloc bool)int
func __ptrace_detach (tracer *+task_struct,p *+task_struct)bool
func __ptrace_link (child *+task_struct,new_parent *+task_struct,ptracer_cred *!+cred).
func __ptrace_may_access (task *+task_struct,mode unsigned-int)int
func __ptrace_unlink (child *+task_struct).
func __put_task_struct (tsk *+task_struct).
func __put_task_struct_rcu_cb (rhp *+callback_head).
func __qdisc_run (q *+Qdisc).
func __queue_work (cpu int,wq *+workqueue_struct,work *+work_struct).
func __schedule (sched_mode int).
func __send_signal_locked (sig int,info *+kernel_siginfo,t *+task_struct,type &pid_type,force bool)int
func __set_task_comm (tsk *+task_struct,buf *!char,exec bool).
func __sys_accept4 (fd int,upeer_sockaddr *+sockaddr,upeer_addrlen *int,flags int)int
func __sys_bind (fd int,umyaddr *+sockaddr,addrlen int)int
func __sys_connect (fd int,uservaddr *+sockaddr,addrlen int)int
func __sys_getsockname (fd int,usockaddr *+sockaddr,usockaddr_len *int)int
func __sys_getsockopt (fd int,level int,optname int,optval *char,optlen *int)int
func __sys_listen (fd int,backlog int)int
func __sys_recvfrom (fd int,ubuf *.,size size_t,flags unsigned-int,addr *+sockaddr,addr_len *int)int
func __sys_recvmsg (fd int,msg *+user_msghdr,flags unsigned-int,forbid_cmsg_compat bool)long-int
func __sys_sendmsg (fd int,msg *+user_msghdr,flags unsigned-int,forbid_cmsg_compat bool)long-int
func __sys_sendto (fd int,buff *.,len size_t,flags unsigned-int,addr *+sockaddr,addr_len int)int
func __sys_setsockopt (fd int,level int,optname int,user_optval *char,optlen int)int
func __sys_shutdown (fd int,how int)int
func __sys_socket (family int,type int,protocol int)int
func __x64_sys_accept (__unused *!+pt_regs)long-int
func __x64_sys_accept4 (__unused *!+pt_regs)long-int
func __x64_sys_access (regs *!+pt_regs)long-int
func __x64_sys_acct (__unused *!+pt_regs)long-int
func __x64_sys_add_key (__unused *!+pt_regs)long-int
func __x64_sys_adjtimex (regs *!+pt_regs)long-int
func __x64_sys_adjtimex_time32 (__unused *!+pt_regs)long-int
func __x64_sys_alarm (__unused *!+pt_regs)long-int
func __x64_sys_arch_prctl (regs *!+pt_regs)long-int
func __x64_sys_bind (__unused *!+pt_regs)long-int
func __x64_sys_bpf (__unused *!+pt_regs)long-int
func __x64_sys_brk (regs *!+pt_regs)long-int
func __x64_sys_cachestat (__unused *!+pt_regs)long-int
func __x64_sys_capget (regs *!+pt_regs)long-int
func __x64_sys_capset (regs *!+pt_regs)long-int
func __x64_sys_chdir (regs *!+pt_regs)long-int
func __x64_sys_chmod (regs *!+pt_regs)long-int
func __x64_sys_chown (regs *!+pt_regs)long-int
func __x64_sys_chown16 (__unused *!+pt_regs)long-int
func __x64_sys_chroot (regs *!+pt_regs)long-int
func __x64_sys_clock_adjtime (__unused *!+pt_regs)long-int
func __x64_sys_clock_adjtime32 (__unused *!+pt_regs)long-int
func __x64_sys_clock_getres (regs *!+pt_regs)long-int
func __x64_sys_clock_getres_time32 (__unused *!+pt_regs)long-int
func __x64_sys_clock_gettime (regs *!+pt_regs)long-int
func __x64_sys_clock_gettime32 (__unused *!+pt_regs)long-int
func __x64_sys_clock_nanosleep (regs *!+pt_regs)long-int
func __x64_sys_clock_nanosleep_time32 (__unused *!+pt_regs)long-int
func __x64_sys_clock_settime (regs *!+pt_regs)long-int
func __x64_sys_clock_settime32 (__unused *!+pt_regs)long-int
func __x64_sys_clone (regs *!+pt_regs)long-int
func __x64_sys_clone3 (regs *!+pt_regs)long-int
func __x64_sys_close (regs *!+pt_regs)long-int
func __x64_sys_close_range (regs *!+pt_regs)long-int
func __x64_sys_connect (__unused *!+pt_regs)long-int
func __x64_sys_copy_file_range (__unused *!+pt_regs)long-int
func __x64_sys_creat (regs *!+pt_regs)long-int
func __x64_sys_delete_module (__unused *!+pt_regs)long-int
func __x64_sys_dup (regs *!+pt_regs)long-int
func __x64_sys_dup2 (regs *!+pt_regs)long-int
func __x64_sys_dup3 (regs *!+pt_regs)long-int
func __x64_sys_epoll_create (__unused *!+pt_regs)long-int
func __x64_sys_epoll_create1 (__unused *!+pt_regs)long-int
func __x64_sys_epoll_ctl (__unused *!+pt_regs)long-int
func __x64_sys_epoll_pwait (__unused *!+pt_regs)long-int
func __x64_sys_epoll_pwait2 (__unused *!+pt_regs)long-int
func __x64_sys_epoll_wait (__unused *!+pt_regs)long-int
func __x64_sys_eventfd (__unused *!+pt_regs)long-int
func __x64_sys_eventfd2 (__unused *!+pt_regs)long-int
func __x64_sys_execve (regs *!+pt_regs)long-int
func __x64_sys_execveat (__unused *!+pt_regs)long-int
func __x64_sys_exit (regs *!+pt_regs)long-int
func __x64_sys_exit_group (regs *!+pt_regs)long-int
func __x64_sys_faccessat (regs *!+pt_regs)long-int
func __x64_sys_faccessat2 (regs *!+pt_regs)long-int
func __x64_sys_fadvise64 (__unused *!+pt_regs)long-int
func __x64_sys_fadvise64_64 (__unused *!+pt_regs)long-int
func __x64_sys_fallocate (regs *!+pt_regs)long-int
func __x64_sys_fanotify_init (__unused *!+pt_regs)long-int
func __x64_sys_fanotify_mark (__unused *!+pt_regs)long-int
func __x64_sys_fchdir (regs *!+pt_regs)long-int
func __x64_sys_fchmod (regs *!+pt_regs)long-int
func __x64_sys_fchmodat (regs *!+pt_regs)long-int
func __x64_sys_fchmodat2 (regs *!+pt_regs)long-int
func __x64_sys_fchown (regs *!+pt_regs)long-int
func __x64_sys_fchown16 (__unused *!+pt_regs)long-int
func __x64_sys_fchownat (regs *!+pt_regs)long-int
func __x64_sys_fcntl (regs *!+pt_regs)long-int
func __x64_sys_fdatasync (regs *!+pt_regs)long-int
func __x64_sys_fgetxattr (regs *!+pt_regs)long-int
func __x64_sys_file_getattr (regs *!+pt_regs)long-int
func __x64_sys_file_setattr (regs *!+pt_regs)long-int
func __x64_sys_finit_module (__unused *!+pt_regs)long-int
func __x64_sys_flistxattr (regs *!+pt_regs)long-int
func __x64_sys_flock (__unused *!+pt_regs)long-int
func __x64_sys_fremovexattr (regs *!+pt_regs)long-int
func __x64_sys_fsconfig (regs *!+pt_regs)long-int
func __x64_sys_fsetxattr (regs *!+pt_regs)long-int
func __x64_sys_fsmount (regs *!+pt_regs)long-int
func __x64_sys_fsopen (regs *!+pt_regs)long-int
func __x64_sys_fspick (regs *!+pt_regs)long-int
func __x64_sys_fstat (regs *!+pt_regs)long-int
func __x64_sys_fstatfs (regs *!+pt_regs)long-int
func __x64_sys_fstatfs64 (regs *!+pt_regs)long-int
func __x64_sys_fsync (regs *!+pt_regs)long-int
func __x64_sys_ftruncate (regs *!+pt_regs)long-int
func __x64_sys_futex (__unused *!+pt_regs)long-int
func __x64_sys_futex_requeue (__unused *!+pt_regs)long-int
func __x64_sys_futex_time32 (__unused *!+pt_regs)long-int
func __x64_sys_futex_wait (__unused *!+pt_regs)long-int
func __x64_sys_futex_waitv (__unused *!+pt_regs)long-int
func __x64_sys_futex_wake (__unused *!+pt_regs)long-int
func __x64_sys_futimesat (regs *!+pt_regs)long-int
func __x64_sys_futimesat_time32 (__unused *!+pt_regs)long-int
func __x64_sys_get_mempolicy (__unused *!+pt_regs)long-int
func __x64_sys_get_robust_list (__unused *!+pt_regs)long-int
func __x64_sys_get_thread_area (regs *!+pt_regs)long-int
func __x64_sys_getcpu (regs *!+pt_regs)long-int
func __x64_sys_getcwd (regs *!+pt_regs)long-int
func __x64_sys_getdents (regs *!+pt_regs)long-int
func __x64_sys_getdents64 (regs *!+pt_regs)long-int
func __x64_sys_getegid16 (__unused *!+pt_regs)long-int
func __x64_sys_geteuid16 (__unused *!+pt_regs)long-int
func __x64_sys_getgid16 (__unused *!+pt_regs)long-int
func __x64_sys_getgroups (__unused *!+pt_regs)long-int
func __x64_sys_getgroups16 (__unused *!+pt_regs)long-int
func __x64_sys_gethostname (regs *!+pt_regs)long-int
func __x64_sys_getitimer (__unused *!+pt_regs)long-int
func __x64_sys_getpeername (__unused *!+pt_regs)long-int
func __x64_sys_getpgid (regs *!+pt_regs)long-int
func __x64_sys_getpriority (regs *!+pt_regs)long-int
func __x64_sys_getrandom (regs *!+pt_regs)long-int
func __x64_sys_getresgid (regs *!+pt_regs)long-int
func __x64_sys_getresgid16 (__unused *!+pt_regs)long-int
func __x64_sys_getresuid (regs *!+pt_regs)long-int
func __x64_sys_getresuid16 (__unused *!+pt_regs)long-int
func __x64_sys_getrlimit (regs *!+pt_regs)long-int
func __x64_sys_getrusage (regs *!+pt_regs)long-int
func __x64_sys_getsid (regs *!+pt_regs)long-int
func __x64_sys_getsockname (__unused *!+pt_regs)long-int
func __x64_sys_getsockopt (__unused *!+pt_regs)long-int
func __x64_sys_gettimeofday (regs *!+pt_regs)long-int
func __x64_sys_getuid16 (__unused *!+pt_regs)long-int
func __x64_sys_getxattr (regs *!+pt_regs)long-int
func __x64_sys_getxattrat (regs *!+pt_regs)long-int
func __x64_sys_ia32_fadvise64 (regs *!+pt_regs)long-int
func __x64_sys_ia32_fadvise64_64 (regs *!+pt_regs)long-int
func __x64_sys_ia32_fallocate (regs *!+pt_regs)long-int
func __x64_sys_ia32_ftruncate64 (regs *!+pt_regs)long-int
func __x64_sys_ia32_pread64 (regs *!+pt_regs)long-int
func __x64_sys_ia32_pwrite64 (regs *!+pt_regs)long-int
func __x64_sys_ia32_readahead (regs *!+pt_regs)long-int
func __x64_sys_ia32_sync_file_range (regs *!+pt_regs)long-int
func __x64_sys_ia32_truncate64 (regs *!+pt_regs)long-int
func __x64_sys_init_module (__unused *!+pt_regs)long-int
func __x64_sys_inotify_add_watch (__unused *!+pt_regs)long-int
func __x64_sys_inotify_init (__unused *!+pt_regs)long-int
func __x64_sys_inotify_init1 (__unused *!+pt_regs)long-int
func __x64_sys_inotify_rm_watch (__unused *!+pt_regs)long-int
func __x64_sys_io_cancel (__unused *!+pt_regs)long-int
func __x64_sys_io_destroy (__unused *!+pt_regs)long-int
func __x64_sys_io_getevents (__unused *!+pt_regs)long-int
func __x64_sys_io_getevents_time32 (__unused *!+pt_regs)long-int
func __x64_sys_io_pgetevents (__unused *!+pt_regs)long-int
func __x64_sys_io_pgetevents_time32 (__unused *!+pt_regs)long-int
func __x64_sys_io_setup (__unused *!+pt_regs)long-int
func __x64_sys_io_submit (__unused *!+pt_regs)long-int
func __x64_sys_io_uring_enter (__unused *!+pt_regs)long-int
func __x64_sys_io_uring_register (__unused *!+pt_regs)long-int
func __x64_sys_io_uring_setup (__unused *!+pt_regs)long-int
func __x64_sys_ioctl (regs *!+pt_regs)long-int
func __x64_sys_ioperm (regs *!+pt_regs)long-int
func __x64_sys_iopl (regs *!+pt_regs)long-int
func __x64_sys_ioprio_get (__unused *!+pt_regs)long-int
func __x64_sys_ioprio_set (__unused *!+pt_regs)long-int
func __x64_sys_ipc (__unused *!+pt_regs)long-int
func __x64_sys_kcmp (__unused *!+pt_regs)long-int
func __x64_sys_kexec_file_load (__unused *!+pt_regs)long-int
func __x64_sys_kexec_load (__unused *!+pt_regs)long-int
func __x64_sys_keyctl (__unused *!+pt_regs)long-int
func __x64_sys_kill (regs *!+pt_regs)long-int
func __x64_sys_landlock_add_rule (__unused *!+pt_regs)long-int
func __x64_sys_landlock_create_ruleset (__unused *!+pt_regs)long-int
func __x64_sys_landlock_restrict_self (__unused *!+pt_regs)long-int
func __x64_sys_lchown (regs *!+pt_regs)long-int
func __x64_sys_lchown16 (__unused *!+pt_regs)long-int
func __x64_sys_lgetxattr (regs *!+pt_regs)long-int
func __x64_sys_link (regs *!+pt_regs)long-int
func __x64_sys_linkat (regs *!+pt_regs)long-int
func __x64_sys_listen (__unused *!+pt_regs)long-int
func __x64_sys_listmount (regs *!+pt_regs)long-int
func __x64_sys_listxattr (regs *!+pt_regs)long-int
func __x64_sys_listxattrat (regs *!+pt_regs)long-int
func __x64_sys_llistxattr (regs *!+pt_regs)long-int
func __x64_sys_llseek (regs *!+pt_regs)long-int
func __x64_sys_lremovexattr (regs *!+pt_regs)long-int
func __x64_sys_lseek (regs *!+pt_regs)long-int
func __x64_sys_lsetxattr (regs *!+pt_regs)long-int
func __x64_sys_lsm_get_self_attr (__unused *!+pt_regs)long-int
func __x64_sys_lsm_list_modules (__unused *!+pt_regs)long-int
func __x64_sys_lsm_set_self_attr (__unused *!+pt_regs)long-int
func __x64_sys_lstat (regs *!+pt_regs)long-int
func __x64_sys_madvise (__unused *!+pt_regs)long-int
func __x64_sys_map_shadow_stack (__unused *!+pt_regs)long-int
func __x64_sys_mbind (__unused *!+pt_regs)long-int
func __x64_sys_membarrier (__unused *!+pt_regs)long-int
func __x64_sys_memfd_create (__unused *!+pt_regs)long-int
func __x64_sys_memfd_secret (__unused *!+pt_regs)long-int
func __x64_sys_migrate_pages (__unused *!+pt_regs)long-int
func __x64_sys_mincore (__unused *!+pt_regs)long-int
func __x64_sys_mkdir (regs *!+pt_regs)long-int
func __x64_sys_mkdirat (regs *!+pt_regs)long-int
func __x64_sys_mknod (regs *!+pt_regs)long-int
func __x64_sys_mknodat (regs *!+pt_regs)long-int
func __x64_sys_mlock (__unused *!+pt_regs)long-int
func __x64_sys_mlock2 (__unused *!+pt_regs)long-int
func __x64_sys_mlockall (__unused *!+pt_regs)long-int
func __x64_sys_mmap (regs *!+pt_regs)long-int
func __x64_sys_mmap_pgoff (regs *!+pt_regs)long-int
func __x64_sys_modify_ldt (regs *!+pt_regs)long-int
func __x64_sys_mount (regs *!+pt_regs)long-int
func __x64_sys_mount_setattr (regs *!+pt_regs)long-int
func __x64_sys_move_mount (regs *!+pt_regs)long-int
func __x64_sys_move_pages (__unused *!+pt_regs)long-int
func __x64_sys_mprotect (__unused *!+pt_regs)long-int
func __x64_sys_mq_getsetattr (__unused *!+pt_regs)long-int
func __x64_sys_mq_notify (__unused *!+pt_regs)long-int
func __x64_sys_mq_open (__unused *!+pt_regs)long-int
func __x64_sys_mq_timedreceive (__unused *!+pt_regs)long-int
func __x64_sys_mq_timedreceive_time32 (__unused *!+pt_regs)long-int
func __x64_sys_mq_timedsend (__unused *!+pt_regs)long-int
func __x64_sys_mq_timedsend_time32 (__unused *!+pt_regs)long-int
func __x64_sys_mq_unlink (__unused *!+pt_regs)long-int
func __x64_sys_mremap (__unused *!+pt_regs)long-int
func __x64_sys_mseal (__unused *!+pt_regs)long-int
func __x64_sys_msgctl (__unused *!+pt_regs)long-int
func __x64_sys_msgget (__unused *!+pt_regs)long-int
func __x64_sys_msgrcv (__unused *!+pt_regs)long-int
func __x64_sys_msgsnd (__unused *!+pt_regs)long-int
func __x64_sys_msync (__unused *!+pt_regs)long-int
func __x64_sys_munlock (__unused *!+pt_regs)long-int
func __x64_sys_munlockall (__unused *!+pt_regs)long-int
func __x64_sys_munmap (regs *!+pt_regs)long-int
func __x64_sys_name_to_handle_at (__unused *!+pt_regs)long-int
func __x64_sys_nanosleep (regs *!+pt_regs)long-int
func __x64_sys_nanosleep_time32 (__unused *!+pt_regs)long-int
func __x64_sys_newfstat (regs *!+pt_regs)long-int
func __x64_sys_newfstatat (regs *!+pt_regs)long-int
func __x64_sys_newlstat (regs *!+pt_regs)long-int
func __x64_sys_newstat (regs *!+pt_regs)long-int
func __x64_sys_newuname (regs *!+pt_regs)long-int
func __x64_sys_nice (regs *!+pt_regs)long-int
func __x64_sys_old_getrlimit (regs *!+pt_regs)long-int
func __x64_sys_old_msgctl (__unused *!+pt_regs)long-int
func __x64_sys_old_readdir (regs *!+pt_regs)long-int
func __x64_sys_old_semctl (__unused *!+pt_regs)long-int
func __x64_sys_old_shmctl (__unused *!+pt_regs)long-int
func __x64_sys_oldumount (regs *!+pt_regs)long-int
func __x64_sys_olduname (regs *!+pt_regs)long-int
func __x64_sys_open (regs *!+pt_regs)long-int
func __x64_sys_open_by_handle_at (__unused *!+pt_regs)long-int
func __x64_sys_open_tree (regs *!+pt_regs)long-int
func __x64_sys_open_tree_attr (regs *!+pt_regs)long-int
func __x64_sys_openat (regs *!+pt_regs)long-int
func __x64_sys_openat2 (regs *!+pt_regs)long-int
func __x64_sys_pciconfig_iobase (__unused *!+pt_regs)long-int
func __x64_sys_pciconfig_read (__unused *!+pt_regs)long-int
func __x64_sys_pciconfig_write (__unused *!+pt_regs)long-int
func __x64_sys_perf_event_open (__unused *!+pt_regs)long-int
func __x64_sys_personality (regs *!+pt_regs)long-int
func __x64_sys_pidfd_getfd (regs *!+pt_regs)long-int
func __x64_sys_pidfd_open (regs *!+pt_regs)long-int
func __x64_sys_pidfd_send_signal (regs *!+pt_regs)long-int
func __x64_sys_pipe (regs *!+pt_regs)long-int
func __x64_sys_pipe2 (regs *!+pt_regs)long-int
func __x64_sys_pivot_root (regs *!+pt_regs)long-int
func __x64_sys_pkey_alloc (__unused *!+pt_regs)long-int
func __x64_sys_pkey_free (__unused *!+pt_regs)long-int
func __x64_sys_pkey_mprotect (__unused *!+pt_regs)long-int
func __x64_sys_poll (regs *!+pt_regs)long-int
func __x64_sys_ppoll (regs *!+pt_regs)long-int
func __x64_sys_ppoll_time32 (__unused *!+pt_regs)long-int
func __x64_sys_prctl (regs *!+pt_regs)long-int
func __x64_sys_pread64 (regs *!+pt_regs)long-int
func __x64_sys_preadv (regs *!+pt_regs)long-int
func __x64_sys_preadv2 (regs *!+pt_regs)long-int
func __x64_sys_prlimit64 (regs *!+pt_regs)long-int
func __x64_sys_process_madvise (__unused *!+pt_regs)long-int
func __x64_sys_process_mrelease (__unused *!+pt_regs)long-int
func __x64_sys_process_vm_readv (__unused *!+pt_regs)long-int
func __x64_sys_process_vm_writev (__unused *!+pt_regs)long-int
func __x64_sys_pselect6 (regs *!+pt_regs)long-int
func __x64_sys_pselect6_time32 (__unused *!+pt_regs)long-int
func __x64_sys_ptrace (regs *!+pt_regs)long-int
func __x64_sys_pwrite64 (regs *!+pt_regs)long-int
func __x64_sys_pwritev (regs *!+pt_regs)long-int
func __x64_sys_pwritev2 (regs *!+pt_regs)long-int
func __x64_sys_quotactl (__unused *!+pt_regs)long-int
func __x64_sys_quotactl_fd (__unused *!+pt_regs)long-int
func __x64_sys_read (regs *!+pt_regs)long-int
func __x64_sys_readahead (regs *!+pt_regs)long-int
func __x64_sys_readlink (regs *!+pt_regs)long-int
func __x64_sys_readlinkat (regs *!+pt_regs)long-int
func __x64_sys_readv (regs *!+pt_regs)long-int
func __x64_sys_reboot (regs *!+pt_regs)long-int
func __x64_sys_recv (__unused *!+pt_regs)long-int
func __x64_sys_recvfrom (__unused *!+pt_regs)long-int
func __x64_sys_recvmmsg (__unused *!+pt_regs)long-int
func __x64_sys_recvmmsg_time32 (__unused *!+pt_regs)long-int
func __x64_sys_recvmsg (__unused *!+pt_regs)long-int
func __x64_sys_remap_file_pages (__unused *!+pt_regs)long-int
func __x64_sys_removexattr (regs *!+pt_regs)long-int
func __x64_sys_removexattrat (regs *!+pt_regs)long-int
func __x64_sys_rename (regs *!+pt_regs)long-int
func __x64_sys_renameat (regs *!+pt_regs)long-int
func __x64_sys_renameat2 (regs *!+pt_regs)long-int
func __x64_sys_request_key (__unused *!+pt_regs)long-int
func __x64_sys_rmdir (regs *!+pt_regs)long-int
func __x64_sys_rseq (__unused *!+pt_regs)long-int
func __x64_sys_rt_sigaction (regs *!+pt_regs)long-int
func __x64_sys_rt_sigpending (regs *!+pt_regs)long-int
func __x64_sys_rt_sigprocmask (regs *!+pt_regs)long-int
func __x64_sys_rt_sigqueueinfo (regs *!+pt_regs)long-int
func __x64_sys_rt_sigsuspend (regs *!+pt_regs)long-int
func __x64_sys_rt_sigtimedwait (regs *!+pt_regs)long-int
func __x64_sys_rt_sigtimedwait_time32 (regs *!+pt_regs)long-int
func __x64_sys_rt_tgsigqueueinfo (regs *!+pt_regs)long-int
func __x64_sys_rtas (__unused *!+pt_regs)long-int
func __x64_sys_s390_ipc (__unused *!+pt_regs)long-int
func __x64_sys_s390_pci_mmio_read (__unused *!+pt_regs)long-int
func __x64_sys_s390_pci_mmio_write (__unused *!+pt_regs)long-int
func __x64_sys_sched_get_priority_max (regs *!+pt_regs)long-int
func __x64_sys_sched_get_priority_min (regs *!+pt_regs)long-int
func __x64_sys_sched_getaffinity (regs *!+pt_regs)long-int
func __x64_sys_sched_getattr (regs *!+pt_regs)long-int
func __x64_sys_sched_getparam (regs *!+pt_regs)long-int
func __x64_sys_sched_getscheduler (regs *!+pt_regs)long-int
func __x64_sys_sched_rr_get_interval (regs *!+pt_regs)long-int
func __x64_sys_sched_rr_get_interval_time32 (__unused *!+pt_regs)long-int
func __x64_sys_sched_setaffinity (regs *!+pt_regs)long-int
func __x64_sys_sched_setattr (regs *!+pt_regs)long-int
func __x64_sys_sched_setparam (regs *!+pt_regs)long-int
func __x64_sys_sched_setscheduler (regs *!+pt_regs)long-int
func __x64_sys_seccomp (__unused *!+pt_regs)long-int
func __x64_sys_select (regs *!+pt_regs)long-int
func __x64_sys_semctl (__unused *!+pt_regs)long-int
func __x64_sys_semget (__unused *!+pt_regs)long-int
func __x64_sys_semop (__unused *!+pt_regs)long-int
func __x64_sys_semtimedop (__unused *!+pt_regs)long-int
func __x64_sys_semtimedop_time32 (__unused *!+pt_regs)long-int
func __x64_sys_send (__unused *!+pt_regs)long-int
func __x64_sys_sendfile (regs *!+pt_regs)long-int
func __x64_sys_sendfile64 (regs *!+pt_regs)long-int
func __x64_sys_sendmmsg (__unused *!+pt_regs)long-int
func __x64_sys_sendmsg (__unused *!+pt_regs)long-int
func __x64_sys_sendto (__unused *!+pt_regs)long-int
func __x64_sys_set_mempolicy (__unused *!+pt_regs)long-int
func __x64_sys_set_mempolicy_home_node (__unused *!+pt_regs)long-int
func __x64_sys_set_robust_list (__unused *!+pt_regs)long-int
func __x64_sys_set_thread_area (regs *!+pt_regs)long-int
func __x64_sys_set_tid_address (regs *!+pt_regs)long-int
func __x64_sys_setdomainname (regs *!+pt_regs)long-int
func __x64_sys_setfsgid (regs *!+pt_regs)long-int
func __x64_sys_setfsgid16 (__unused *!+pt_regs)long-int
func __x64_sys_setfsuid (regs *!+pt_regs)long-int
func __x64_sys_setfsuid16 (__unused *!+pt_regs)long-int
func __x64_sys_setgid (regs *!+pt_regs)long-int
func __x64_sys_setgid16 (__unused *!+pt_regs)long-int
func __x64_sys_setgroups (__unused *!+pt_regs)long-int
func __x64_sys_setgroups16 (__unused *!+pt_regs)long-int
func __x64_sys_sethostname (regs *!+pt_regs)long-int
func __x64_sys_setitimer (__unused *!+pt_regs)long-int
func __x64_sys_setns (regs *!+pt_regs)long-int
func __x64_sys_setpgid (regs *!+pt_regs)long-int
func __x64_sys_setpriority (regs *!+pt_regs)long-int
func __x64_sys_setregid (regs *!+pt_regs)long-int
func __x64_sys_setregid16 (__unused *!+pt_regs)long-int
func __x64_sys_setresgid (regs *!+pt_regs)long-int
func __x64_sys_setresgid16 (__unused *!+pt_regs)long-int
func __x64_sys_setresuid (regs *!+pt_regs)long-int
func __x64_sys_setresuid16 (__unused *!+pt_regs)long-int
func __x64_sys_setreuid (regs *!+pt_regs)long-int
func __x64_sys_setreuid16 (__unused *!+pt_regs)long-int
func __x64_sys_setrlimit (regs *!+pt_regs)long-int
func __x64_sys_setsockopt (__unused *!+pt_regs)long-int
func __x64_sys_settimeofday (regs *!+pt_regs)long-int
func __x64_sys_setuid (regs *!+pt_regs)long-int
func __x64_sys_setuid16 (__unused *!+pt_regs)long-int
func __x64_sys_setxattr (regs *!+pt_regs)long-int
func __x64_sys_setxattrat (regs *!+pt_regs)long-int
func __x64_sys_sgetmask (__unused *!+pt_regs)long-int
func __x64_sys_shmat (__unused *!+pt_regs)long-int
func __x64_sys_shmctl (__unused *!+pt_regs)long-int
func __x64_sys_shmdt (__unused *!+pt_regs)long-int
func __x64_sys_shmget (__unused *!+pt_regs)long-int
func __x64_sys_shutdown (__unused *!+pt_regs)long-int
func __x64_sys_sigaltstack (regs *!+pt_regs)long-int
func __x64_sys_signal (regs *!+pt_regs)long-int
func __x64_sys_signalfd (__unused *!+pt_regs)long-int
func __x64_sys_signalfd4 (__unused *!+pt_regs)long-int
func __x64_sys_sigpending (regs *!+pt_regs)long-int
func __x64_sys_sigprocmask (regs *!+pt_regs)long-int
func __x64_sys_sigsuspend (regs *!+pt_regs)long-int
func __x64_sys_socket (__unused *!+pt_regs)long-int
func __x64_sys_socketcall (__unused *!+pt_regs)long-int
func __x64_sys_socketpair (__unused *!+pt_regs)long-int
func __x64_sys_splice (regs *!+pt_regs)long-int
func __x64_sys_spu_create (__unused *!+pt_regs)long-int
func __x64_sys_spu_run (__unused *!+pt_regs)long-int
func __x64_sys_ssetmask (regs *!+pt_regs)long-int
func __x64_sys_stat (regs *!+pt_regs)long-int
func __x64_sys_statfs (regs *!+pt_regs)long-int
func __x64_sys_statfs64 (regs *!+pt_regs)long-int
func __x64_sys_statmount (regs *!+pt_regs)long-int
func __x64_sys_statx (regs *!+pt_regs)long-int
func __x64_sys_stime (regs *!+pt_regs)long-int
func __x64_sys_stime32 (__unused *!+pt_regs)long-int
func __x64_sys_subpage_prot (__unused *!+pt_regs)long-int
func __x64_sys_swapoff (__unused *!+pt_regs)long-int
func __x64_sys_swapon (__unused *!+pt_regs)long-int
func __x64_sys_symlink (regs *!+pt_regs)long-int
func __x64_sys_symlinkat (regs *!+pt_regs)long-int
func __x64_sys_sync_file_range (regs *!+pt_regs)long-int
func __x64_sys_sync_file_range2 (regs *!+pt_regs)long-int
func __x64_sys_syncfs (regs *!+pt_regs)long-int
func __x64_sys_sysfs (__unused *!+pt_regs)long-int
func __x64_sys_sysinfo (regs *!+pt_regs)long-int
func __x64_sys_syslog (__unused *!+pt_regs)long-int
func __x64_sys_tee (regs *!+pt_regs)long-int
func __x64_sys_tgkill (regs *!+pt_regs)long-int
func __x64_sys_time (regs *!+pt_regs)long-int
func __x64_sys_time32 (__unused *!+pt_regs)long-int
func __x64_sys_timer_create (__unused *!+pt_regs)long-int
func __x64_sys_timer_delete (__unused *!+pt_regs)long-int
func __x64_sys_timer_getoverrun (__unused *!+pt_regs)long-int
func __x64_sys_timer_gettime (__unused *!+pt_regs)long-int
func __x64_sys_timer_gettime32 (__unused *!+pt_regs)long-int
func __x64_sys_timer_settime (__unused *!+pt_regs)long-int
func __x64_sys_timer_settime32 (__unused *!+pt_regs)long-int
func __x64_sys_timerfd_create (__unused *!+pt_regs)long-int
func __x64_sys_timerfd_gettime (__unused *!+pt_regs)long-int
func __x64_sys_timerfd_gettime32 (__unused *!+pt_regs)long-int
func __x64_sys_timerfd_settime (__unused *!+pt_regs)long-int
func __x64_sys_timerfd_settime32 (__unused *!+pt_regs)long-int
func __x64_sys_times (regs *!+pt_regs)long-int
func __x64_sys_tkill (regs *!+pt_regs)long-int
func __x64_sys_truncate (regs *!+pt_regs)long-int
func __x64_sys_umask (regs *!+pt_regs)long-int
func __x64_sys_umount (regs *!+pt_regs)long-int
func __x64_sys_uname (regs *!+pt_regs)long-int
func __x64_sys_unlink (regs *!+pt_regs)long-int
func __x64_sys_unlinkat (regs *!+pt_regs)long-int
func __x64_sys_unshare (regs *!+pt_regs)long-int
func __x64_sys_uprobe (__unused *!+pt_regs)long-int
func __x64_sys_uretprobe (__unused *!+pt_regs)long-int
func __x64_sys_uselib (__unused *!+pt_regs)long-int
func __x64_sys_userfaultfd (__unused *!+pt_regs)long-int
func __x64_sys_ustat (regs *!+pt_regs)long-int
func __x64_sys_utime (regs *!+pt_regs)long-int
func __x64_sys_utime32 (__unused *!+pt_regs)long-int
func __x64_sys_utimensat (regs *!+pt_regs)long-int
func __x64_sys_utimensat_time32 (__unused *!+pt_regs)long-int
func __x64_sys_utimes (regs *!+pt_regs)long-int
func __x64_sys_utimes_time32 (__unused *!+pt_regs)long-int
func __x64_sys_vm86 (__unused *!+pt_regs)long-int
func __x64_sys_vm86old (__unused *!+pt_regs)long-int
func __x64_sys_vmsplice (regs *!+pt_regs)long-int
func __x64_sys_wait4 (regs *!+pt_regs)long-int
func __x64_sys_waitid (regs *!+pt_regs)long-int
func __x64_sys_waitpid (regs *!+pt_regs)long-int
func __x64_sys_write (regs *!+pt_regs)long-int
func __x64_sys_writev (regs *!+pt_regs)long-int
func add_timer (timer *+timer_list).
func add_timer_global (timer *+timer_list).
func add_timer_local (timer *+timer_list).
func add_timer_on (timer *+timer_list,cpu int).
func add_timer_randomness (state *+timer_rand_state,num unsigned-int).
func alloc_pages_bulk_mempolicy_noprof (gfp gfp_t,nr_pages long-unsigned-int,page_array **+page)long-unsigned-int
func alloc_pages_bulk_noprof (gfp gfp_t,preferred_nid int,nodemask *nodemask_t,nr_pages int,page_array **+page)long-unsigned-int
func alloc_pages_bulk_weighted_interleave (gfp gfp_t,pol *+mempolicy,nr_pages long-unsigned-int,page_array **+page)long-unsigned-int
func alloc_pages_exact_nid_noprof (nid int,size size_t,gfp_mask gfp_t)*.
func alloc_pages_exact_noprof (size size_t,gfp_mask gfp_t)*.
func alloc_pages_mpol (gfp gfp_t,order unsigned-int,pol *+mempolicy,ilx long-unsigned-int,nid int)*+page
func alloc_pages_nolock_noprof (gfp_flags gfp_t,nid int,order unsigned-int)*+page
func alloc_pages_noprof (gfp gfp_t,order unsigned-int)*+page
func alloc_pid (ns *+pid_namespace,set_tid *pid_t,set_tid_size size_t)*+pid
func arp_rcv (skb *+sk_buff,dev *+net_device,pt *+packet_type,orig_dev *+net_device)int
func arp_send (type int,ptype int,dest_ip __be32,dev *+net_device,src_ip __be32,dest_hw *!unsigned-char,src_hw *!unsigned-char,target_hw *!unsigned-char).
func arp_xmit (skb *+sk_buff).
func bbr_cwnd_event (sk *+sock,event &tcp_ca_event). bpf_kfunc
func bbr_init (sk *+sock). bpf_kfunc
func bbr_main (sk *+sock,ack u32,flag int,rs *!+rate_sample). bpf_kfunc
func bbr_min_tso_segs (sk *+sock)u32 bpf_kfunc
func bbr_set_state (sk *+sock,new_state u8). bpf_kfunc
func bbr_sndbuf_expand (sk *+sock)u32 bpf_kfunc
func bbr_ssthresh (sk *+sock)u32 bpf_kfunc
func bbr_undo_cwnd (sk *+sock)u32 bpf_kfunc
func begin_new_exec (bprm *+linux_binprm)int
func bio_add_folio (bio *+bio,folio *+folio,len size_t,off size_t)bool
func bio_add_folio_nofail (bio *+bio,folio *+folio,len size_t,off size_t).
func bio_add_page (bio *+bio,page *+page,len unsigned-int,offset unsigned-int)int
func bio_add_virt_nofail (bio *+bio,vaddr *.,len unsigned-int).
func bio_add_vmalloc (bio *+bio,vaddr *.,len unsigned-int)bool
func bio_add_vmalloc_chunk (bio *+bio,vaddr *.,len unsigned-int)unsigned-int
func bio_alloc_bioset (bdev *+block_device,nr_vecs short-unsigned-int,opf blk_opf_t,gfp_mask gfp_t,bs *+bio_set)*+bio
func bio_alloc_cache_prune (cache *+bio_alloc_cache,nr unsigned-int).
func bio_alloc_clone (bdev *+block_device,bio_src *+bio,gfp gfp_t,bs *+bio_set)*+bio
func bio_alloc_irq_cache_splice (cache *+bio_alloc_cache).
func bio_alloc_rescue (work *+work_struct).
func bio_endio (bio *+bio).
func blk_account_io_done (req *+request,now u64).
func blk_account_io_merge_bio (req *+request).
func blk_account_io_start (req *+request).
func blk_mq_complete_request (rq *+request).
func blk_mq_complete_request_remote (rq *+request)bool
func blk_mq_end_request (rq *+request,error blk_status_t).
func blk_mq_end_request_batch (iob *+io_comp_batch).
func blk_mq_start_request (rq *+request).
func blk_mq_submit_bio (bio *+bio).
func blk_update_request (req *+request,error blk_status_t,nr_bytes unsigned-int)bool
func bpf_arena_alloc_pages (p__map *.,addr__ign *<address_space(1)>.,page_cnt u32,node_id int,flags u64)*<address_space(1)>. bpf_kfunc
func bpf_arena_free_pages (p__map *.,ptr__ign *<address_space(1)>.,page_cnt u32). bpf_kfunc
func bpf_arena_reserve_pages (p__map *.,ptr__ign *<address_space(1)>.,page_cnt u32)int bpf_kfunc
func bpf_cast_to_kern_ctx (obj *.)*. bpf_kfunc bpf_fastcall
func bpf_cgroup_acquire (cgrp *+cgroup)*+cgroup bpf_kfunc
func bpf_cgroup_ancestor (cgrp *+cgroup,level int)*+cgroup bpf_kfunc
func bpf_cgroup_from_id (cgid u64)*+cgroup bpf_kfunc
func bpf_cgroup_read_xattr (cgroup *+cgroup,name__str *!char,value_p *+bpf_dynptr)int bpf_kfunc
func bpf_cgroup_release (cgrp *+cgroup). bpf_kfunc
func bpf_check (prog **+bpf_prog,attr *%bpf_attr,uattr bpfptr_t,uattr_size __u32)int
func bpf_copy_from_user_dynptr (dptr *+bpf_dynptr,off u32,size u32,unsafe_ptr__ign *!.)int bpf_kfunc
func bpf_copy_from_user_str (dst *.,dst__sz u32,unsafe_ptr__ign *!.,flags u64)int bpf_kfunc
func bpf_copy_from_user_str_dynptr (dptr *+bpf_dynptr,off u32,size u32,unsafe_ptr__ign *!.)int bpf_kfunc
func bpf_copy_from_user_task_dynptr (dptr *+bpf_dynptr,off u32,size u32,unsafe_ptr__ign *!.,tsk *+task_struct)int bpf_kfunc
func bpf_copy_from_user_task_str (dst *.,dst__sz u32,unsafe_ptr__ign *!.,tsk *+task_struct,flags u64)int bpf_kfunc
func bpf_copy_from_user_task_str_dynptr (dptr *+bpf_dynptr,off u32,size u32,unsafe_ptr__ign *!.,tsk *+task_struct)int bpf_kfunc
func bpf_cpumask_acquire (cpumask *+bpf_cpumask)*+bpf_cpumask bpf_kfunc
func bpf_cpumask_and (dst *+bpf_cpumask,src1 *!+cpumask,src2 *!+cpumask)bool bpf_kfunc
func bpf_cpumask_any_and_distribute (src1 *!+cpumask,src2 *!+cpumask)u32 bpf_kfunc
func bpf_cpumask_any_distribute (cpumask *!+cpumask)u32 bpf_kfunc
func bpf_cpumask_clear (cpumask *+bpf_cpumask). bpf_kfunc
func bpf_cpumask_clear_cpu (cpu u32,cpumask *+bpf_cpumask). bpf_kfunc
func bpf_cpumask_copy (dst *+bpf_cpumask,src *!+cpumask). bpf_kfunc
func bpf_cpumask_create ()*+bpf_cpumask bpf_kfunc
func bpf_cpumask_empty (cpumask *!+cpumask)bool bpf_kfunc
func bpf_cpumask_equal (src1 *!+cpumask,src2 *!+cpumask)bool bpf_kfunc
func bpf_cpumask_first (cpumask *!+cpumask)u32 bpf_kfunc
func bpf_cpumask_first_and (src1 *!+cpumask,src2 *!+cpumask)u32 bpf_kfunc
func bpf_cpumask_first_zero (cpumask *!+cpumask)u32 bpf_kfunc
func bpf_cpumask_full (cpumask *!+cpumask)bool bpf_kfunc
func bpf_cpumask_intersects (src1 *!+cpumask,src2 *!+cpumask)bool bpf_kfunc
func bpf_cpumask_or (dst *+bpf_cpumask,src1 *!+cpumask,src2 *!+cpumask). bpf_kfunc
func bpf_cpumask_populate (cpumask *+cpumask,src *.,src__sz size_t)int bpf_kfunc
func bpf_cpumask_release (cpumask *+bpf_cpumask). bpf_kfunc
func bpf_cpumask_set_cpu (cpu u32,cpumask *+bpf_cpumask). bpf_kfunc
func bpf_cpumask_setall (cpumask *+bpf_cpumask). bpf_kfunc
func bpf_cpumask_subset (src1 *!+cpumask,src2 *!+cpumask)bool bpf_kfunc
func bpf_cpumask_test_and_clear_cpu (cpu u32,cpumask *+bpf_cpumask)bool bpf_kfunc
func bpf_cpumask_test_and_set_cpu (cpu u32,cpumask *+bpf_cpumask)bool bpf_kfunc
func bpf_cpumask_test_cpu (cpu u32,cpumask *!+cpumask)bool bpf_kfunc
func bpf_cpumask_weight (cpumask *!+cpumask)u32 bpf_kfunc
func bpf_cpumask_xor (dst *+bpf_cpumask,src1 *!+cpumask,src2 *!+cpumask). bpf_kfunc
func bpf_crypto_ctx_acquire (ctx *+bpf_crypto_ctx)*+bpf_crypto_ctx bpf_kfunc
func bpf_crypto_ctx_create (params *!+bpf_crypto_params,params__sz u32,err *int)*+bpf_crypto_ctx bpf_kfunc
func bpf_crypto_ctx_release (ctx *+bpf_crypto_ctx). bpf_kfunc
func bpf_crypto_decrypt (ctx *+bpf_crypto_ctx,src *!+bpf_dynptr,dst *!+bpf_dynptr,siv__nullable *!+bpf_dynptr)int bpf_kfunc
func bpf_crypto_encrypt (ctx *+bpf_crypto_ctx,src *!+bpf_dynptr,dst *!+bpf_dynptr,siv__nullable *!+bpf_dynptr)int bpf_kfunc
func bpf_ct_change_status (nfct *+nf_conn,status u32)int bpf_kfunc
func bpf_ct_change_timeout (nfct *+nf_conn,timeout u32)int bpf_kfunc
func bpf_ct_insert_entry (nfct_i *+nf_conn___init)*+nf_conn bpf_kfunc
func bpf_ct_release (nfct *+nf_conn). bpf_kfunc
func bpf_ct_set_nat_info (nfct *+nf_conn___init,addr *%nf_inet_addr,port int,manip &nf_nat_manip_type)int bpf_kfunc
func bpf_ct_set_status (nfct *!+nf_conn___init,status u32)int bpf_kfunc
func bpf_ct_set_timeout (nfct *+nf_conn___init,timeout u32). bpf_kfunc
func bpf_dynptr_adjust (p *!+bpf_dynptr,start u32,end u32)int bpf_kfunc
func bpf_dynptr_clone (p *!+bpf_dynptr,clone__uninit *+bpf_dynptr)int bpf_kfunc
func bpf_dynptr_copy (dst_ptr *+bpf_dynptr,dst_off u32,src_ptr *+bpf_dynptr,src_off u32,size u32)int bpf_kfunc
func bpf_dynptr_from_skb (s *+__sk_buff,flags u64,ptr__uninit *+bpf_dynptr)int bpf_kfunc
func bpf_dynptr_from_skb_meta (skb_ *+__sk_buff,flags u64,ptr__uninit *+bpf_dynptr)int bpf_kfunc
func bpf_dynptr_from_xdp (x *+xdp_md,flags u64,ptr__uninit *+bpf_dynptr)int bpf_kfunc
func bpf_dynptr_is_null (p *!+bpf_dynptr)bool bpf_kfunc
func bpf_dynptr_is_rdonly (p *!+bpf_dynptr)bool bpf_kfunc
func bpf_dynptr_memset (p *+bpf_dynptr,offset u32,size u32,val u8)int bpf_kfunc
func bpf_dynptr_size (p *!+bpf_dynptr)__u32 bpf_kfunc
func bpf_dynptr_slice (p *!+bpf_dynptr,offset u32,buffer__opt *.,buffer__szk u32)*. bpf_kfunc
func bpf_dynptr_slice_rdwr (p *!+bpf_dynptr,offset u32,buffer__opt *.,buffer__szk u32)*. bpf_kfunc
func bpf_fentry_test1 (a int)int bpf_kfunc
func bpf_fentry_test10 (a *!.)int
func bpf_fentry_test2 (a int,b u64)int
func bpf_fentry_test3 (a char,b int,c u64)int
func bpf_fentry_test4 (a *.,b char,c int,d u64)int
func bpf_fentry_test5 (a u64,b *.,c short-int,d int,e u64)int
func bpf_fentry_test6 (a u64,b *.,c short-int,d int,e *.,f u64)int
func bpf_fentry_test7 (arg *+bpf_fentry_test_t)int
func bpf_fentry_test8 (arg *+bpf_fentry_test_t)int
func bpf_fentry_test9 (a *u32)u32
func bpf_fentry_test_sinfo (sinfo *+skb_shared_info).
func bpf_get_dentry_xattr (dentry *+dentry,name__str *!char,value_p *+bpf_dynptr)int bpf_kfunc
func bpf_get_file_xattr (file *+file,name__str *!char,value_p *+bpf_dynptr)int bpf_kfunc
func bpf_get_kmem_cache (addr u64)*+kmem_cache bpf_kfunc
func bpf_get_numa_node_id (__ur_1 u64,__ur_2 u64,__ur_3 u64,__ur_4 u64,__ur_5 u64)u64
func bpf_get_task_exe_file (task *+task_struct)*+file bpf_kfunc
func bpf_iter_attach_cgroup (prog *+bpf_prog,linfo *%bpf_iter_link_info,aux *+bpf_iter_aux_info)int
func bpf_iter_attach_task (prog *+bpf_prog,linfo *%bpf_iter_link_info,aux *+bpf_iter_aux_info)int
func bpf_iter_bits_destroy (it *+bpf_iter_bits). bpf_kfunc
func bpf_iter_bits_new (it *+bpf_iter_bits,unsafe_ptr__ign *!u64,nr_words u32)int bpf_kfunc
func bpf_iter_bits_next (it *+bpf_iter_bits)*int bpf_kfunc
func bpf_iter_bpf_link (meta *+bpf_iter_meta,link *+bpf_link)int
func bpf_iter_bpf_map (meta *+bpf_iter_meta,map *+bpf_map)int
func bpf_iter_bpf_map_elem (meta *+bpf_iter_meta,map *+bpf_map,key *.,value *.)int
func bpf_iter_bpf_prog (meta *+bpf_iter_meta,prog *+bpf_prog)int
func bpf_iter_bpf_sk_storage_map (meta *+bpf_iter_meta,map *+bpf_map,sk *+sock,value *.)int
func bpf_iter_cgroup (meta *+bpf_iter_meta,cgroup *+cgroup)int
func bpf_iter_cgroup_fill_link_info (aux *!+bpf_iter_aux_info,info *+bpf_link_info)int
func bpf_iter_cgroup_show_fdinfo (aux *!+bpf_iter_aux_info,seq *+seq_file).
func bpf_iter_css_destroy (it *+bpf_iter_css). bpf_kfunc
func bpf_iter_css_new (it *+bpf_iter_css,start *+cgroup_subsys_state,flags unsigned-int)int bpf_kfunc
func bpf_iter_css_next (it *+bpf_iter_css)*+cgroup_subsys_state bpf_kfunc
func bpf_iter_css_task_destroy (it *+bpf_iter_css_task). bpf_kfunc
func bpf_iter_css_task_new (it *+bpf_iter_css_task,css *+cgroup_subsys_state,flags unsigned-int)int bpf_kfunc
func bpf_iter_css_task_next (it *+bpf_iter_css_task)*+task_struct bpf_kfunc
func bpf_iter_detach_cgroup (aux *+bpf_iter_aux_info).
func bpf_iter_dmabuf (meta *+bpf_iter_meta,dmabuf *+dma_buf)int
func bpf_iter_dmabuf_destroy (it *+bpf_iter_dmabuf). bpf_kfunc
func bpf_iter_dmabuf_new (it *+bpf_iter_dmabuf)int bpf_kfunc
func bpf_iter_dmabuf_next (it *+bpf_iter_dmabuf)*+dma_buf bpf_kfunc
func bpf_iter_dmabuf_show_fdinfo (aux *!+bpf_iter_aux_info,seq *+seq_file).
func bpf_iter_fill_link_info (aux *!+bpf_iter_aux_info,info *+bpf_link_info)int
func bpf_iter_fini_array_map (priv_data *.).
func bpf_iter_fini_hash_map (priv_data *.).
func bpf_iter_fini_seq_net (priv_data *.).
func bpf_iter_fini_sk_storage_map (priv_data *.).
func bpf_iter_fini_tcp (priv_data *.).
func bpf_iter_fini_udp (priv_data *.).
func bpf_iter_fini_unix (priv_data *.).
func bpf_iter_get_func_proto (func_id &bpf_func_id,prog *!+bpf_prog)*!+bpf_func_proto
func bpf_iter_get_info (meta *+bpf_iter_meta,in_stop bool)*+bpf_prog
func bpf_iter_init_array_map (priv_data *.,aux *+bpf_iter_aux_info)int
func bpf_iter_init_hash_map (priv_data *.,aux *+bpf_iter_aux_info)int
func bpf_iter_init_seq_net (priv_data *.,aux *+bpf_iter_aux_info)int
func bpf_iter_init_sk_storage_map (priv_data *.,aux *+bpf_iter_aux_info)int
func bpf_iter_init_tcp (priv_data *.,aux *+bpf_iter_aux_info)int
func bpf_iter_init_udp (priv_data *.,aux *+bpf_iter_aux_info)int
func bpf_iter_init_unix (priv_data *.,aux *+bpf_iter_aux_info)int
func bpf_iter_ipv6_route (meta *+bpf_iter_meta,rt *+fib6_info)int
func bpf_iter_kmem_cache (meta *+bpf_iter_meta,s *+kmem_cache)int
func bpf_iter_kmem_cache_destroy (it *+bpf_iter_kmem_cache). bpf_kfunc
func bpf_iter_kmem_cache_new (it *+bpf_iter_kmem_cache)int bpf_kfunc
func bpf_iter_kmem_cache_next (it *+bpf_iter_kmem_cache)*+kmem_cache bpf_kfunc
func bpf_iter_kmem_cache_show_fdinfo (aux *!+bpf_iter_aux_info,seq *+seq_file).
func bpf_iter_ksym (meta *+bpf_iter_meta,ksym *+kallsym_iter)int
func bpf_iter_ksym_init (priv_data *.,aux *+bpf_iter_aux_info)int
func bpf_iter_ksym_seq_show (m *+seq_file,p *.)int
func bpf_iter_ksym_seq_stop (m *+seq_file,p *.).
func bpf_iter_link_attach (attr *!%bpf_attr,uattr bpfptr_t,prog *+bpf_prog)int
func bpf_iter_link_dealloc (link *+bpf_link).
func bpf_iter_link_fill_link_info (link *!+bpf_link,info *+bpf_link_info)int
func bpf_iter_link_release (link *+bpf_link).
func bpf_iter_link_replace (link *+bpf_link,new_prog *+bpf_prog,old_prog *+bpf_prog)int
func bpf_iter_link_show_fdinfo (link *!+bpf_link,seq *+seq_file).
func bpf_iter_map_fill_link_info (aux *!+bpf_iter_aux_info,info *+bpf_link_info)int
func bpf_iter_map_show_fdinfo (aux *!+bpf_iter_aux_info,seq *+seq_file).
func bpf_iter_netlink (meta *+bpf_iter_meta,sk *+netlink_sock)int
func bpf_iter_new_fd (link *+bpf_link)int
func bpf_iter_num_destroy (it *+bpf_iter_num). bpf_kfunc
func bpf_iter_num_new (it *+bpf_iter_num,start int,end int)int bpf_kfunc
func bpf_iter_num_next (it *+bpf_iter_num)*int bpf_kfunc
func bpf_iter_prog_supported (prog *+bpf_prog)int
func bpf_iter_reg_target (reg_info *!+bpf_iter_reg)int
func bpf_iter_run_prog (prog *+bpf_prog,ctx *.)int
func bpf_iter_sockmap (meta *+bpf_iter_meta,map *+bpf_map,key *.,sk *+sock)int
func bpf_iter_task (meta *+bpf_iter_meta,task *+task_struct)int
func bpf_iter_task_destroy (it *+bpf_iter_task). bpf_kfunc
func bpf_iter_task_file (meta *+bpf_iter_meta,task *+task_struct,fd u32,file *+file)int
func bpf_iter_task_new (it *+bpf_iter_task,task__nullable *+task_struct,flags unsigned-int)int bpf_kfunc
func bpf_iter_task_next (it *+bpf_iter_task)*+task_struct bpf_kfunc
func bpf_iter_task_show_fdinfo (aux *!+bpf_iter_aux_info,seq *+seq_file).
func bpf_iter_task_vma (meta *+bpf_iter_meta,task *+task_struct,vma *+vm_area_struct)int
func bpf_iter_task_vma_destroy (it *+bpf_iter_task_vma). bpf_kfunc
func bpf_iter_task_vma_new (it *+bpf_iter_task_vma,task *+task_struct,addr u64)int bpf_kfunc
func bpf_iter_task_vma_next (it *+bpf_iter_task_vma)*+vm_area_struct bpf_kfunc
func bpf_iter_tcp (meta *+bpf_iter_meta,sk_common *+sock_common,uid uid_t)int
func bpf_iter_tcp_batch (seq *+seq_file)*+sock
func bpf_iter_tcp_established_batch (seq *+seq_file,start_sk **+sock)unsigned-int
func bpf_iter_tcp_get_func_proto (func_id &bpf_func_id,prog *!+bpf_prog)*!+bpf_func_proto
func bpf_iter_tcp_listening_batch (seq *+seq_file,start_sk **+sock)unsigned-int
func bpf_iter_tcp_put_batch (iter *+bpf_tcp_iter_state).
func bpf_iter_tcp_realloc_batch (iter *+bpf_tcp_iter_state,new_batch_sz unsigned-int,flags gfp_t)int
func bpf_iter_tcp_resume (seq *+seq_file)*+sock
func bpf_iter_tcp_seq_next (seq *+seq_file,v *.,pos *loff_t)*.
func bpf_iter_tcp_seq_show (seq *+seq_file,v *.)int
func bpf_iter_tcp_seq_start (seq *+seq_file,pos *loff_t)*.
func bpf_iter_tcp_seq_stop (seq *+seq_file,v *.).
func bpf_iter_tcp_unlock_bucket (seq *+seq_file).
func bpf_iter_udp (meta *+bpf_iter_meta,udp_sk *+udp_sock,uid uid_t,bucket int)int
func bpf_iter_udp_batch (seq *+seq_file)*+sock
func bpf_iter_udp_put_batch (iter *+bpf_udp_iter_state).
func bpf_iter_udp_realloc_batch (iter *+bpf_udp_iter_state,new_batch_sz unsigned-int,flags gfp_t)int
func bpf_iter_udp_seq_next (seq *+seq_file,v *.,pos *loff_t)*.
func bpf_iter_udp_seq_show (seq *+seq_file,v *.)int
func bpf_iter_udp_seq_start (seq *+seq_file,pos *loff_t)*.
func bpf_iter_udp_seq_stop (seq *+seq_file,v *.).
func bpf_iter_unix (meta *+bpf_iter_meta,unix_sk *+unix_sock,uid uid_t)int
func bpf_iter_unix_batch (seq *+seq_file,pos *loff_t)*+sock
func bpf_iter_unix_get_func_proto (func_id &bpf_func_id,prog *!+bpf_prog)*!+bpf_func_proto
func bpf_iter_unix_realloc_batch (iter *+bpf_unix_iter_state,new_batch_sz unsigned-int)int
func bpf_iter_unix_seq_next (seq *+seq_file,v *.,pos *loff_t)*.
func bpf_iter_unix_seq_show (seq *+seq_file,v *.)int
func bpf_iter_unix_seq_start (seq *+seq_file,pos *loff_t)*.
func bpf_iter_unix_seq_stop (seq *+seq_file,v *.).
func bpf_iter_unreg_target (reg_info *!+bpf_iter_reg).
func bpf_key_put (bkey *+bpf_key). bpf_kfunc
func bpf_kfunc_call_memb_release (p *+prog_test_member). bpf_kfunc
func bpf_kfunc_call_memb_release_dtor (p *.).
func bpf_kfunc_call_test_release (p *+prog_test_ref_kfunc). bpf_kfunc
func bpf_kfunc_call_test_release_dtor (p *.).
func bpf_kfunc_init ()int
func bpf_ktime_get_ns (__ur_1 u64,__ur_2 u64,__ur_3 u64,__ur_4 u64,__ur_5 u64)u64
func bpf_link_by_id (id u32)*+bpf_link
func bpf_link_cleanup (primer *+bpf_link_primer).
func bpf_link_defer_dealloc_mult_rcu_gp (rcu *+callback_head).
func bpf_link_defer_dealloc_rcu_gp (rcu *+callback_head).
func bpf_link_free (link *+bpf_link).
func bpf_link_get_curr_or_next (id *u32)*+bpf_link
func bpf_link_get_from_fd (ufd u32)*+bpf_link
func bpf_link_inc (link *+bpf_link).
func bpf_link_inc_not_zero (link *+bpf_link)*+bpf_link
func bpf_link_init_sleepable (link *+bpf_link,type &bpf_link_type,ops *!+bpf_link_ops,prog *+bpf_prog,attach_type &bpf_attach_type,sleepable bool).
func bpf_link_is_iter (link *+bpf_link)bool
func bpf_link_new_fd (link *+bpf_link)int
func bpf_link_pin (old_dentry *+dentry,dir *+inode,new_dentry *+dentry)int
func bpf_link_poll (file *+file,pts *+poll_table_struct)__poll_t
func bpf_link_prime (link *+bpf_link,primer *+bpf_link_primer)int
func bpf_link_put (link *+bpf_link).
func bpf_link_put_deferred (work *+work_struct).
func bpf_link_release (inode *+inode,filp *+file)int
func bpf_link_seq_next (seq *+seq_file,v *.,pos *loff_t)*.
func bpf_link_seq_start (seq *+seq_file,pos *loff_t)*.
func bpf_link_seq_stop (seq *+seq_file,v *.).
func bpf_link_settle (primer *+bpf_link_primer)int
func bpf_link_show_fdinfo (m *+seq_file,filp *+file).
func bpf_list_back (head *+bpf_list_head)*+bpf_list_node bpf_kfunc
func bpf_list_front (head *+bpf_list_head)*+bpf_list_node bpf_kfunc
func bpf_list_pop_back (head *+bpf_list_head)*+bpf_list_node bpf_kfunc
func bpf_list_pop_front (head *+bpf_list_head)*+bpf_list_node bpf_kfunc
func bpf_list_push_back_impl (head *+bpf_list_head,node *+bpf_list_node,meta__ign *.,off u64)int bpf_kfunc
func bpf_list_push_front_impl (head *+bpf_list_head,node *+bpf_list_node,meta__ign *.,off u64)int bpf_kfunc
func bpf_local_irq_restore (flags__irq_flag *long-unsigned-int). bpf_kfunc
func bpf_local_irq_save (flags__irq_flag *long-unsigned-int). bpf_kfunc
func bpf_local_storage_destroy (local_storage *+bpf_local_storage).
func bpf_local_storage_update (owner *.,smap *+bpf_local_storage_map,value *.,map_flags u64,swap_uptrs bool,gfp_flags gfp_t)*+bpf_local_storage_data
func bpf_lookup_system_key (id u64)*+bpf_key bpf_kfunc
func bpf_lookup_user_key (serial s32,flags u64)*+bpf_key bpf_kfunc
func bpf_lsm_audit_rule_free (lsmrule *.).
func bpf_lsm_audit_rule_init (field u32,op u32,rulestr *char,lsmrule **.,gfp gfp_t)int
func bpf_lsm_audit_rule_known (krule *+audit_krule)int
func bpf_lsm_audit_rule_match (prop *+lsm_prop,field u32,op u32,lsmrule *.)int
func bpf_lsm_backing_file_alloc (backing_file *+file,user_file *!+file)int
func bpf_lsm_backing_file_free (backing_file *+file).
func bpf_lsm_bdev_alloc_security (bdev *+block_device)int
func bpf_lsm_bdev_free_security (bdev *+block_device).
func bpf_lsm_bdev_setintegrity (bdev *+block_device,type &lsm_integrity_type,value *!.,size size_t)int
func bpf_lsm_binder_set_context_mgr (mgr *!+cred)int
func bpf_lsm_binder_transaction (from *!+cred,to *!+cred)int
func bpf_lsm_binder_transfer_binder (from *!+cred,to *!+cred)int
func bpf_lsm_binder_transfer_file (from *!+cred,to *!+cred,file *!+file)int
func bpf_lsm_bpf (cmd int,attr *%bpf_attr,size unsigned-int,kernel bool)int
func bpf_lsm_bpf_map (map *+bpf_map,fmode fmode_t)int
func bpf_lsm_bpf_map_create (map *+bpf_map,attr *%bpf_attr,token *+bpf_token,kernel bool)int
func bpf_lsm_bpf_map_free (map *+bpf_map).
func bpf_lsm_bpf_prog (prog *+bpf_prog)int
func bpf_lsm_bpf_prog_free (prog *+bpf_prog).
func bpf_lsm_bpf_prog_load (prog *+bpf_prog,attr *%bpf_attr,token *+bpf_token,kernel bool)int
func bpf_lsm_bpf_token_capable (token *!+bpf_token,cap int)int
func bpf_lsm_bpf_token_cmd (token *!+bpf_token,cmd &bpf_cmd)int
func bpf_lsm_bpf_token_create (token *+bpf_token,attr *%bpf_attr,path *!+path)int
func bpf_lsm_bpf_token_free (token *+bpf_token).
func bpf_lsm_bprm_check_security (bprm *+linux_binprm)int
func bpf_lsm_bprm_committed_creds (bprm *!+linux_binprm).
func bpf_lsm_bprm_committing_creds (bprm *!+linux_binprm).
func bpf_lsm_bprm_creds_for_exec (bprm *+linux_binprm)int
func bpf_lsm_bprm_creds_from_file (bprm *+linux_binprm,file *!+file)int
func bpf_lsm_capable (cred *!+cred,ns *+user_namespace,cap int,opts unsigned-int)int
func bpf_lsm_capget (target *!+task_struct,effective *kernel_cap_t,inheritable *kernel_cap_t,permitted *kernel_cap_t)int
func bpf_lsm_capset (new *+cred,old *!+cred,effective *!kernel_cap_t,inheritable *!kernel_cap_t,permitted *!kernel_cap_t)int
func bpf_lsm_cred_alloc_blank (cred *+cred,gfp gfp_t)int
func bpf_lsm_cred_free (cred *+cred).
func bpf_lsm_cred_getlsmprop (c *!+cred,prop *+lsm_prop).
func bpf_lsm_cred_getsecid (c *!+cred,secid *u32).
func bpf_lsm_cred_prepare (new *+cred,old *!+cred,gfp gfp_t)int
func bpf_lsm_cred_transfer (new *+cred,old *!+cred).
func bpf_lsm_current_getlsmprop_subj (prop *+lsm_prop).
func bpf_lsm_d_instantiate (dentry *+dentry,inode *+inode).
func bpf_lsm_dentry_create_files_as (dentry *+dentry,mode int,name *!+qstr,old *!+cred,new *+cred)int
func bpf_lsm_dentry_init_security (dentry *+dentry,mode int,name *!+qstr,xattr_name **!char,cp *+lsm_context)int
func bpf_lsm_file_alloc_security (file *+file)int
func bpf_lsm_file_fcntl (file *+file,cmd unsigned-int,arg long-unsigned-int)int
func bpf_lsm_file_free_security (file *+file).
func bpf_lsm_file_ioctl (file *+file,cmd unsigned-int,arg long-unsigned-int)int
func bpf_lsm_file_ioctl_compat (file *+file,cmd unsigned-int,arg long-unsigned-int)int
func bpf_lsm_file_lock (file *+file,cmd unsigned-int)int
func bpf_lsm_file_mprotect (vma *+vm_area_struct,reqprot long-unsigned-int,prot long-unsigned-int)int
func bpf_lsm_file_open (file *+file)int
func bpf_lsm_file_permission (file *+file,mask int)int
func bpf_lsm_file_post_open (file *+file,mask int)int
func bpf_lsm_file_receive (file *+file)int
func bpf_lsm_file_release (file *+file).
func bpf_lsm_file_send_sigiotask (tsk *+task_struct,fown *+fown_struct,sig int)int
func bpf_lsm_file_set_fowner (file *+file).
func bpf_lsm_file_truncate (file *+file)int
func bpf_lsm_find_cgroup_shim (prog *!+bpf_prog,bpf_func *bpf_func_t).
func bpf_lsm_fs_context_dup (fc *+fs_context,src_sc *+fs_context)int
func bpf_lsm_fs_context_parse_param (fc *+fs_context,param *+fs_parameter)int
func bpf_lsm_fs_context_submount (fc *+fs_context,reference *+super_block)int
func bpf_lsm_func_proto (func_id &bpf_func_id,prog *!+bpf_prog)*!+bpf_func_proto
func bpf_lsm_get_retval_range (prog *!+bpf_prog,retval_range *+bpf_retval_range)int
func bpf_lsm_getprocattr (p *+task_struct,name *!char,value **char)int
func bpf_lsm_getselfattr (attr unsigned-int,ctx *+lsm_ctx,size *u32,flags u32)int
func bpf_lsm_has_d_inode_locked (prog *!+bpf_prog)bool
func bpf_lsm_hook_returns_errno (btf_id u32)bool
func bpf_lsm_inet_conn_established (sk *+sock,skb *+sk_buff).
func bpf_lsm_inet_conn_request (sk *!+sock,skb *+sk_buff,req *+request_sock)int
func bpf_lsm_inet_csk_clone (newsk *+sock,req *!+request_sock).
func bpf_lsm_init ()int
func bpf_lsm_initramfs_populated ().
func bpf_lsm_inode_alloc_security (inode *+inode)int
func bpf_lsm_inode_copy_up (src *+dentry,new **+cred)int
func bpf_lsm_inode_copy_up_xattr (src *+dentry,name *!char)int
func bpf_lsm_inode_create (dir *+inode,dentry *+dentry,mode umode_t)int
func bpf_lsm_inode_file_getattr (dentry *+dentry,fa *+file_kattr)int
func bpf_lsm_inode_file_setattr (dentry *+dentry,fa *+file_kattr)int
func bpf_lsm_inode_follow_link (dentry *+dentry,inode *+inode,rcu bool)int
func bpf_lsm_inode_free_security (inode *+inode).
func bpf_lsm_inode_free_security_rcu (inode_security *.).
func bpf_lsm_inode_get_acl (idmap *+mnt_idmap,dentry *+dentry,acl_name *!char)int
func bpf_lsm_inode_getattr (path *!+path)int
func bpf_lsm_inode_getlsmprop (inode *+inode,prop *+lsm_prop).
func bpf_lsm_inode_getsecctx (inode *+inode,cp *+lsm_context)int
func bpf_lsm_inode_getsecurity (idmap *+mnt_idmap,inode *+inode,name *!char,buffer **.,alloc bool)int
func bpf_lsm_inode_getxattr (dentry *+dentry,name *!char)int
func bpf_lsm_inode_init_security (inode *+inode,dir *+inode,qstr *!+qstr,xattrs *+xattr,xattr_count *int)int
func bpf_lsm_inode_init_security_anon (inode *+inode,name *!+qstr,context_inode *!+inode)int
func bpf_lsm_inode_invalidate_secctx (inode *+inode).
func bpf_lsm_inode_killpriv (idmap *+mnt_idmap,dentry *+dentry)int
func bpf_lsm_inode_link (old_dentry *+dentry,dir *+inode,new_dentry *+dentry)int
func bpf_lsm_inode_listsecurity (inode *+inode,buffer *char,buffer_size size_t)int
func bpf_lsm_inode_listxattr (dentry *+dentry)int
func bpf_lsm_inode_mkdir (dir *+inode,dentry *+dentry,mode umode_t)int
func bpf_lsm_inode_mknod (dir *+inode,dentry *+dentry,mode umode_t,dev dev_t)int
func bpf_lsm_inode_need_killpriv (dentry *+dentry)int
func bpf_lsm_inode_notifysecctx (inode *+inode,ctx *.,ctxlen u32)int
func bpf_lsm_inode_permission (inode *+inode,mask int)int
func bpf_lsm_inode_post_create_tmpfile (idmap *+mnt_idmap,inode *+inode).
func bpf_lsm_inode_post_remove_acl (idmap *+mnt_idmap,dentry *+dentry,acl_name *!char).
func bpf_lsm_inode_post_removexattr (dentry *+dentry,name *!char).
func bpf_lsm_inode_post_set_acl (dentry *+dentry,acl_name *!char,kacl *+posix_acl).
func bpf_lsm_inode_post_setattr (idmap *+mnt_idmap,dentry *+dentry,ia_valid int).
func bpf_lsm_inode_post_setxattr (dentry *+dentry,name *!char,value *!.,size size_t,flags int).
func bpf_lsm_inode_readlink (dentry *+dentry)int
func bpf_lsm_inode_remove_acl (idmap *+mnt_idmap,dentry *+dentry,acl_name *!char)int
func bpf_lsm_inode_removexattr (idmap *+mnt_idmap,dentry *+dentry,name *!char)int
func bpf_lsm_inode_rename (old_dir *+inode,old_dentry *+dentry,new_dir *+inode,new_dentry *+dentry)int
func bpf_lsm_inode_rmdir (dir *+inode,dentry *+dentry)int
func bpf_lsm_inode_set_acl (idmap *+mnt_idmap,dentry *+dentry,acl_name *!char,kacl *+posix_acl)int
func bpf_lsm_inode_setattr (idmap *+mnt_idmap,dentry *+dentry,attr *+iattr)int
func bpf_lsm_inode_setintegrity (inode *!+inode,type &lsm_integrity_type,value *!.,size size_t)int
func bpf_lsm_inode_setsecctx (dentry *+dentry,ctx *.,ctxlen u32)int
func bpf_lsm_inode_setsecurity (inode *+inode,name *!char,value *!.,size size_t,flags int)int
func bpf_lsm_inode_setxattr (idmap *+mnt_idmap,dentry *+dentry,name *!char,value *!.,size size_t,flags int)int
func bpf_lsm_inode_symlink (dir *+inode,dentry *+dentry,old_name *!char)int
func bpf_lsm_inode_unlink (dir *+inode,dentry *+dentry)int
func bpf_lsm_inode_xattr_skipcap (name *!char)int
func bpf_lsm_ipc_getlsmprop (ipcp *+kern_ipc_perm,prop *+lsm_prop).
func bpf_lsm_ipc_permission (ipcp *+kern_ipc_perm,flag short-int)int
func bpf_lsm_is_sleepable_hook (btf_id u32)bool
func bpf_lsm_is_trusted (prog *!+bpf_prog)bool
func bpf_lsm_ismaclabel (name *!char)int
func bpf_lsm_kernel_act_as (new *+cred,secid u32)int
func bpf_lsm_kernel_create_files_as (new *+cred,inode *+inode)int
func bpf_lsm_kernel_load_data (id &kernel_load_data_id,contents bool)int
func bpf_lsm_kernel_module_request (kmod_name *char)int
func bpf_lsm_kernel_post_load_data (buf *char,size loff_t,id &kernel_load_data_id,description *char)int
func bpf_lsm_kernel_post_read_file (file *+file,buf *char,size loff_t,id &kernel_read_file_id)int
func bpf_lsm_kernel_read_file (file *+file,id &kernel_read_file_id,contents bool)int
func bpf_lsm_kernfs_init_security (kn_dir *+kernfs_node,kn *+kernfs_node)int
func bpf_lsm_key_alloc (key *+key,cred *!+cred,flags long-unsigned-int)int
func bpf_lsm_key_getsecurity (key *+key,buffer **char)int
func bpf_lsm_key_permission (key_ref key_ref_t,cred *!+cred,need_perm &key_need_perm)int
func bpf_lsm_key_post_create_or_update (keyring *+key,key *+key,payload *!.,payload_len size_t,flags long-unsigned-int,create bool).
func bpf_lsm_locked_down (what &lockdown_reason)int
func bpf_lsm_lsmprop_to_secctx (prop *+lsm_prop,cp *+lsm_context)int
func bpf_lsm_mmap_addr (addr long-unsigned-int)int
func bpf_lsm_mmap_backing_file (vma *+vm_area_struct,backing_file *+file,user_file *+file)int
func bpf_lsm_mmap_file (file *+file,reqprot long-unsigned-int,prot long-unsigned-int,flags long-unsigned-int)int
func bpf_lsm_move_mount (from_path *!+path,to_path *!+path)int
func bpf_lsm_mptcp_add_subflow (sk *+sock,ssk *+sock)int
func bpf_lsm_msg_msg_alloc_security (msg *+msg_msg)int
func bpf_lsm_msg_msg_free_security (msg *+msg_msg).
func bpf_lsm_msg_queue_alloc_security (perm *+kern_ipc_perm)int
func bpf_lsm_msg_queue_associate (perm *+kern_ipc_perm,msqflg int)int
func bpf_lsm_msg_queue_free_security (perm *+kern_ipc_perm).
func bpf_lsm_msg_queue_msgctl (perm *+kern_ipc_perm,cmd int)int
func bpf_lsm_msg_queue_msgrcv (perm *+kern_ipc_perm,msg *+msg_msg,target *+task_struct,type long-int,mode int)int
func bpf_lsm_msg_queue_msgsnd (perm *+kern_ipc_perm,msg *+msg_msg,msqflg int)int
func bpf_lsm_netlink_send (sk *+sock,skb *+sk_buff)int
func bpf_lsm_path_chmod (path *!+path,mode umode_t)int
func bpf_lsm_path_chown (path *!+path,uid kuid_t,gid kgid_t)int
func bpf_lsm_path_chroot (path *!+path)int
func bpf_lsm_path_link (old_dentry *+dentry,new_dir *!+path,new_dentry *+dentry)int
func bpf_lsm_path_mkdir (dir *!+path,dentry *+dentry,mode umode_t)int
func bpf_lsm_path_mknod (dir *!+path,dentry *+dentry,mode umode_t,dev unsigned-int)int
func bpf_lsm_path_notify (path *!+path,mask u64,obj_type unsigned-int)int
func bpf_lsm_path_post_mknod (idmap *+mnt_idmap,dentry *+dentry).
func bpf_lsm_path_rename (old_dir *!+path,old_dentry *+dentry,new_dir *!+path,new_dentry *+dentry,flags unsigned-int)int
func bpf_lsm_path_rmdir (dir *!+path,dentry *+dentry)int
func bpf_lsm_path_symlink (dir *!+path,dentry *+dentry,old_name *!char)int
func bpf_lsm_path_truncate (path *!+path)int
func bpf_lsm_path_unlink (dir *!+path,dentry *+dentry)int
func bpf_lsm_perf_event_alloc (event *+perf_event)int
func bpf_lsm_perf_event_open (type int)int
func bpf_lsm_perf_event_read (event *+perf_event)int
func bpf_lsm_perf_event_write (event *+perf_event)int
func bpf_lsm_ptrace_access_check (child *+task_struct,mode unsigned-int)int
func bpf_lsm_ptrace_traceme (parent *+task_struct)int
func bpf_lsm_quota_on (dentry *+dentry)int
func bpf_lsm_quotactl (cmds int,type int,id int,sb *!+super_block)int
func bpf_lsm_release_secctx (cp *+lsm_context).
func bpf_lsm_req_classify_flow (req *!+request_sock,flic *+flowi_common).
func bpf_lsm_sb_alloc_security (sb *+super_block)int
func bpf_lsm_sb_clone_mnt_opts (oldsb *!+super_block,newsb *+super_block,kern_flags long-unsigned-int,set_kern_flags *long-unsigned-int)int
func bpf_lsm_sb_delete (sb *+super_block).
func bpf_lsm_sb_eat_lsm_opts (orig *char,mnt_opts **.)int
func bpf_lsm_sb_free_mnt_opts (mnt_opts *.).
func bpf_lsm_sb_free_security (sb *+super_block).
func bpf_lsm_sb_kern_mount (sb *!+super_block)int
func bpf_lsm_sb_mnt_opts_compat (sb *+super_block,mnt_opts *.)int
func bpf_lsm_sb_mount (dev_name *!char,path *!+path,type *!char,flags long-unsigned-int,data *.)int
func bpf_lsm_sb_pivotroot (old_path *!+path,new_path *!+path)int
func bpf_lsm_sb_remount (sb *+super_block,mnt_opts *.)int
func bpf_lsm_sb_set_mnt_opts (sb *+super_block,mnt_opts *.,kern_flags long-unsigned-int,set_kern_flags *long-unsigned-int)int
func bpf_lsm_sb_show_options (m *+seq_file,sb *+super_block)int
func bpf_lsm_sb_statfs (dentry *+dentry)int
func bpf_lsm_sb_umount (mnt *+vfsmount,flags int)int
func bpf_lsm_sctp_assoc_established (asoc *+sctp_association,skb *+sk_buff)int
func bpf_lsm_sctp_assoc_request (asoc *+sctp_association,skb *+sk_buff)int
func bpf_lsm_sctp_bind_connect (sk *+sock,optname int,address *+sockaddr,addrlen int)int
func bpf_lsm_sctp_sk_clone (asoc *+sctp_association,sk *+sock,newsk *+sock).
func bpf_lsm_secctx_to_secid (secdata *!char,seclen u32,secid *u32)int
func bpf_lsm_secid_to_secctx (secid u32,cp *+lsm_context)int
func bpf_lsm_secmark_refcount_dec ().
func bpf_lsm_secmark_refcount_inc ().
func bpf_lsm_secmark_relabel_packet (secid u32)int
func bpf_lsm_sem_alloc_security (perm *+kern_ipc_perm)int
func bpf_lsm_sem_associate (perm *+kern_ipc_perm,semflg int)int
func bpf_lsm_sem_free_security (perm *+kern_ipc_perm).
func bpf_lsm_sem_semctl (perm *+kern_ipc_perm,cmd int)int
func bpf_lsm_sem_semop (perm *+kern_ipc_perm,sops *+sembuf,nsops unsigned-int,alter int)int
func bpf_lsm_setprocattr (name *!char,value *.,size size_t)int
func bpf_lsm_setselfattr (attr unsigned-int,ctx *+lsm_ctx,size u32,flags u32)int
func bpf_lsm_settime (ts *!+timespec64,tz *!+timezone)int
func bpf_lsm_shm_alloc_security (perm *+kern_ipc_perm)int
func bpf_lsm_shm_associate (perm *+kern_ipc_perm,shmflg int)int
func bpf_lsm_shm_free_security (perm *+kern_ipc_perm).
func bpf_lsm_shm_shmat (perm *+kern_ipc_perm,shmaddr *char,shmflg int)int
func bpf_lsm_shm_shmctl (perm *+kern_ipc_perm,cmd int)int
func bpf_lsm_sk_alloc_security (sk *+sock,family int,priority gfp_t)int
func bpf_lsm_sk_clone_security (sk *!+sock,newsk *+sock).
func bpf_lsm_sk_free_security (sk *+sock).
func bpf_lsm_sk_getsecid (sk *!+sock,secid *u32).
func bpf_lsm_sock_graft (sk *+sock,parent *+socket).
func bpf_lsm_socket_accept (sock *+socket,newsock *+socket)int
func bpf_lsm_socket_bind (sock *+socket,address *+sockaddr,addrlen int)int
func bpf_lsm_socket_connect (sock *+socket,address *+sockaddr,addrlen int)int
func bpf_lsm_socket_create (family int,type int,protocol int,kern int)int
func bpf_lsm_socket_getpeername (sock *+socket)int
func bpf_lsm_socket_getpeersec_dgram (sock *+socket,skb *+sk_buff,secid *u32)int
func bpf_lsm_socket_getpeersec_stream (sock *+socket,optval sockptr_t,optlen sockptr_t,len unsigned-int)int
func bpf_lsm_socket_getsockname (sock *+socket)int
func bpf_lsm_socket_getsockopt (sock *+socket,level int,optname int)int
func bpf_lsm_socket_listen (sock *+socket,backlog int)int
func bpf_lsm_socket_post_create (sock *+socket,family int,type int,protocol int,kern int)int
func bpf_lsm_socket_recvmsg (sock *+socket,msg *+msghdr,size int,flags int)int
func bpf_lsm_socket_sendmsg (sock *+socket,msg *+msghdr,size int)int
func bpf_lsm_socket_setsockopt (sock *+socket,level int,optname int)int
func bpf_lsm_socket_shutdown (sock *+socket,how int)int
func bpf_lsm_socket_sock_rcv_skb (sk *+sock,skb *+sk_buff)int
func bpf_lsm_socket_socketpair (socka *+socket,sockb *+socket)int
func bpf_lsm_syslog (type int)int
func bpf_lsm_task_alloc (task *+task_struct,clone_flags u64)int
func bpf_lsm_task_fix_setgid (new *+cred,old *!+cred,flags int)int
func bpf_lsm_task_fix_setgroups (new *+cred,old *!+cred)int
func bpf_lsm_task_fix_setuid (new *+cred,old *!+cred,flags int)int
func bpf_lsm_task_free (task *+task_struct).
func bpf_lsm_task_getioprio (p *+task_struct)int
func bpf_lsm_task_getlsmprop_obj (p *+task_struct,prop *+lsm_prop).
func bpf_lsm_task_getpgid (p *+task_struct)int
func bpf_lsm_task_getscheduler (p *+task_struct)int
func bpf_lsm_task_getsid (p *+task_struct)int
func bpf_lsm_task_kill (p *+task_struct,info *+kernel_siginfo,sig int,cred *!+cred)int
func bpf_lsm_task_movememory (p *+task_struct)int
func bpf_lsm_task_prctl (option int,arg2 long-unsigned-int,arg3 long-unsigned-int,arg4 long-unsigned-int,arg5 long-unsigned-int)int
func bpf_lsm_task_prlimit (cred *!+cred,tcred *!+cred,flags unsigned-int)int
func bpf_lsm_task_setioprio (p *+task_struct,ioprio int)int
func bpf_lsm_task_setnice (p *+task_struct,nice int)int
func bpf_lsm_task_setpgid (p *+task_struct,pgid pid_t)int
func bpf_lsm_task_setrlimit (p *+task_struct,resource unsigned-int,new_rlim *+rlimit)int
func bpf_lsm_task_setscheduler (p *+task_struct)int
func bpf_lsm_task_to_inode (p *+task_struct,inode *+inode).
func bpf_lsm_tun_dev_alloc_security (security *.)int
func bpf_lsm_tun_dev_attach (sk *+sock,security *.)int
func bpf_lsm_tun_dev_attach_queue (security *.)int
func bpf_lsm_tun_dev_create ()int
func bpf_lsm_tun_dev_open (security *.)int
func bpf_lsm_unix_may_send (sock *+socket,other *+socket)int
func bpf_lsm_unix_stream_connect (sock *+sock,other *+sock,newsk *+sock)int
func bpf_lsm_uring_allowed ()int
func bpf_lsm_uring_cmd (ioucmd *+io_uring_cmd)int
func bpf_lsm_uring_override_creds (new *!+cred)int
func bpf_lsm_uring_sqpoll ()int
func bpf_lsm_userns_create (cred *!+cred)int
func bpf_lsm_verify_prog (vlog *+bpf_verifier_log,prog *!+bpf_prog)int
func bpf_lsm_vm_enough_memory (mm *+mm_struct,pages long-int)int
func bpf_lsm_xfrm_decode_session (skb *+sk_buff,secid *u32,ckall int)int
func bpf_lsm_xfrm_policy_alloc_security (ctxp **+xfrm_sec_ctx,sec_ctx *+xfrm_user_sec_ctx,gfp gfp_t)int
func bpf_lsm_xfrm_policy_clone_security (old_ctx *+xfrm_sec_ctx,new_ctx **+xfrm_sec_ctx)int
func bpf_lsm_xfrm_policy_delete_security (ctx *+xfrm_sec_ctx)int
func bpf_lsm_xfrm_policy_free_security (ctx *+xfrm_sec_ctx).
func bpf_lsm_xfrm_policy_lookup (ctx *+xfrm_sec_ctx,fl_secid u32)int
func bpf_lsm_xfrm_state_alloc (x *+xfrm_state,sec_ctx *+xfrm_user_sec_ctx)int
func bpf_lsm_xfrm_state_alloc_acquire (x *+xfrm_state,polsec *+xfrm_sec_ctx,secid u32)int
func bpf_lsm_xfrm_state_delete_security (x *+xfrm_state)int
func bpf_lsm_xfrm_state_free_security (x *+xfrm_state).
func bpf_lsm_xfrm_state_pol_flow_match (x *+xfrm_state,xp *+xfrm_policy,flic *!+flowi_common)int
func bpf_map_copy_value (map *+bpf_map,key *.,value *.,flags __u64)int
func bpf_map_free_deferred (work *+work_struct).
func bpf_map_free_id (map *+bpf_map).
func bpf_map_free_mult_rcu_gp (rcu *+callback_head).
func bpf_map_free_rcu_gp (rcu *+callback_head).
func bpf_map_free_record (map *+bpf_map).
func bpf_map_new_fd (map *+bpf_map,flags int)int
func bpf_map_put (map *+bpf_map).
func bpf_map_put_with_uref (map *+bpf_map).
func bpf_map_sum_elem_count (map *!+bpf_map)s64 bpf_kfunc
func bpf_map_update_value (map *+bpf_map,map_file *+file,key *.,value *.,flags __u64)int
func bpf_modify_return_test (a int,b *int)int bpf_kfunc
func bpf_modify_return_test2 (a int,b *int,c short-int,d int,e *.,f char,g int)int bpf_kfunc
func bpf_modify_return_test_tp (nonce int)int bpf_kfunc
func bpf_obj_drop_impl (p__alloc *.,meta__ign *.). bpf_kfunc
func bpf_obj_new_impl (local_type_id__k u64,meta__ign *.)*. bpf_kfunc
func bpf_path_d_path (path *!+path,buf *char,buf__sz size_t)int bpf_kfunc
func bpf_percpu_obj_drop_impl (p__alloc *.,meta__ign *.). bpf_kfunc
func bpf_percpu_obj_new_impl (local_type_id__k u64,meta__ign *.)*. bpf_kfunc
func bpf_preempt_disable (). bpf_kfunc
func bpf_preempt_enable (). bpf_kfunc
func bpf_probe_read_kernel_dynptr (dptr *+bpf_dynptr,off u32,size u32,unsafe_ptr__ign *!.)int bpf_kfunc
func bpf_probe_read_kernel_str_dynptr (dptr *+bpf_dynptr,off u32,size u32,unsafe_ptr__ign *!.)int bpf_kfunc
func bpf_probe_read_user_dynptr (dptr *+bpf_dynptr,off u32,size u32,unsafe_ptr__ign *!.)int bpf_kfunc
func bpf_probe_read_user_str_dynptr (dptr *+bpf_dynptr,off u32,size u32,unsafe_ptr__ign *!.)int bpf_kfunc
func bpf_prog_alloc (size unsigned-int,gfp_extra_flags gfp_t)*+bpf_prog
func bpf_prog_free (fp *+bpf_prog).
func bpf_prog_free_deferred (work *+work_struct).
func bpf_prog_free_id (prog *+bpf_prog).
func bpf_prog_get (ufd u32)*+bpf_prog
func bpf_prog_get_curr_or_next (id *u32)*+bpf_prog
func bpf_prog_get_file_line (prog *+bpf_prog,ip long-unsigned-int,filep **!char,linep **!char,nump *int)int
func bpf_prog_get_info_by_fd (file *+file,prog *+bpf_prog,attr *!%bpf_attr,uattr *%bpf_attr)int
func bpf_prog_get_ok (prog *+bpf_prog,attach_type *&bpf_prog_type,attach_drv bool)bool
func bpf_prog_get_stats (prog *!+bpf_prog,stats *+bpf_prog_kstats).
func bpf_prog_get_target_btf (prog *!+bpf_prog)*+btf
func bpf_prog_get_type_dev (ufd u32,type &bpf_prog_type,attach_drv bool)*+bpf_prog
func bpf_prog_get_type_path (name *!char,type &bpf_prog_type)*+bpf_prog
func bpf_prog_load (attr *%bpf_attr,uattr bpfptr_t,uattr_size u32)int
func bpf_prog_put (prog *+bpf_prog).
func bpf_prog_put_deferred (work *+work_struct).
func bpf_prog_run_generic_xdp (skb *+sk_buff,xdp *+xdp_buff,xdp_prog *!+bpf_prog)u32
func bpf_put_file (file *+file). bpf_kfunc
func bpf_rbtree_add_impl (root *+bpf_rb_root,node *+bpf_rb_node,less *( *+bpf_rb_node, *!+bpf_rb_node)bool,meta__ign *.,off u64)int bpf_kfunc
func bpf_rbtree_first (root *+bpf_rb_root)*+bpf_rb_node bpf_kfunc
func bpf_rbtree_left (root *+bpf_rb_root,node *+bpf_rb_node)*+bpf_rb_node bpf_kfunc
func bpf_rbtree_remove (root *+bpf_rb_root,node *+bpf_rb_node)*+bpf_rb_node bpf_kfunc
func bpf_rbtree_right (root *+bpf_rb_root,node *+bpf_rb_node)*+bpf_rb_node bpf_kfunc
func bpf_rbtree_root (root *+bpf_rb_root)*+bpf_rb_node bpf_kfunc
func bpf_rcu_read_lock (). bpf_kfunc
func bpf_rcu_read_unlock (). bpf_kfunc
func bpf_rdonly_cast (obj__ign *!.,btf_id__k u32)*. bpf_kfunc bpf_fastcall
func bpf_refcount_acquire_impl (p__refcounted_kptr *.,meta__ign *.)*. bpf_kfunc
func bpf_remove_dentry_xattr (dentry *+dentry,name__str *!char)int bpf_kfunc
func bpf_res_spin_lock (lock *+bpf_res_spin_lock)int bpf_kfunc
func bpf_res_spin_lock_irqsave (lock *+bpf_res_spin_lock,flags__irq_flag *long-unsigned-int)int bpf_kfunc
func bpf_res_spin_unlock (lock *+bpf_res_spin_lock). bpf_kfunc
func bpf_res_spin_unlock_irqrestore (lock *+bpf_res_spin_lock,flags__irq_flag *long-unsigned-int). bpf_kfunc
func bpf_send_signal_task (task *+task_struct,sig int,type &pid_type,value u64)int bpf_kfunc
func bpf_session_cookie ()*__u64 bpf_kfunc
func bpf_session_is_return ()bool bpf_kfunc
func bpf_set_dentry_xattr (dentry *+dentry,name__str *!char,value_p *!+bpf_dynptr,flags int)int bpf_kfunc
func bpf_sk_ancestor_cgroup_id (sk u64,ancestor_level u64,__ur_1 u64,__ur_2 u64,__ur_3 u64)u64
func bpf_sk_assign (skb u64,sk u64,flags u64,__ur_1 u64,__ur_2 u64)u64
func bpf_sk_assign_tcp_reqsk (s *+__sk_buff,sk *+sock,attrs *+bpf_tcp_req_attrs,attrs__sz int)int bpf_kfunc
func bpf_sk_base_func_proto (func_id &bpf_func_id,prog *!+bpf_prog)*!+bpf_func_proto
func bpf_sk_cgroup_id (sk u64,__ur_1 u64,__ur_2 u64,__ur_3 u64,__ur_4 u64)u64
func bpf_sk_fullsock (sk u64,__ur_1 u64,__ur_2 u64,__ur_3 u64,__ur_4 u64)u64
func bpf_sk_getsockopt (sk u64,level u64,optname u64,optval u64,optlen u64)u64
func bpf_sk_lookup (skb *+sk_buff,tuple *+bpf_sock_tuple,len u32,proto u8,netns_id u64,flags u64)*+sock
func bpf_sk_lookup_assign (ctx u64,sk u64,flags u64,__ur_1 u64,__ur_2 u64)u64
func bpf_sk_lookup_tcp (skb u64,tuple u64,len u64,netns_id u64,flags u64)u64
func bpf_sk_lookup_udp (skb u64,tuple u64,len u64,netns_id u64,flags u64)u64
func bpf_sk_redirect_hash (skb u64,map u64,key u64,flags u64,__ur_1 u64)u64
func bpf_sk_redirect_map (skb u64,map u64,key u64,flags u64,__ur_1 u64)u64
func bpf_sk_release (sk u64,__ur_1 u64,__ur_2 u64,__ur_3 u64,__ur_4 u64)u64
func bpf_sk_reuseport_detach (sk *+sock).
func bpf_sk_setsockopt (sk u64,level u64,optname u64,optval u64,optlen u64)u64
func bpf_sk_storage_charge (smap *+bpf_local_storage_map,owner *.,size u32)int
func bpf_sk_storage_clone (sk *!+sock,newsk *+sock)int
func bpf_sk_storage_del (sk *+sock,map *+bpf_map)int
func bpf_sk_storage_delete (map u64,sk u64,__ur_1 u64,__ur_2 u64,__ur_3 u64)u64
func bpf_sk_storage_delete_tracing (map u64,sk u64,__ur_1 u64,__ur_2 u64,__ur_3 u64)u64
func bpf_sk_storage_diag_alloc (nla_stgs *!+nlattr)*+bpf_sk_storage_diag
func bpf_sk_storage_diag_free (diag *+bpf_sk_storage_diag).
func bpf_sk_storage_diag_put (diag *+bpf_sk_storage_diag,sk *+sock,skb *+sk_buff,stg_array_type int,res_diag_size *unsigned-int)int
func bpf_sk_storage_free (sk *+sock).
func bpf_sk_storage_get (map u64,sk u64,value u64,flags u64,gfp_flags u64)u64
func bpf_sk_storage_get_tracing (map u64,sk u64,value u64,flags u64,gfp_flags u64)u64
func bpf_sk_storage_map_alloc (attr *%bpf_attr)*+bpf_map
func bpf_sk_storage_map_free (map *+bpf_map).
func bpf_sk_storage_map_seq_find_next (info *+bpf_iter_seq_sk_storage_map_info,prev_selem *+bpf_local_storage_elem)*+bpf_local_storage_elem
func bpf_sk_storage_map_seq_next (seq *+seq_file,v *.,pos *loff_t)*.
func bpf_sk_storage_map_seq_start (seq *+seq_file,pos *loff_t)*.
func bpf_sk_storage_map_seq_stop (seq *+seq_file,v *.).
func bpf_sk_storage_ptr (owner *.)**+bpf_local_storage
func bpf_sk_storage_tracing_allowed (prog *!+bpf_prog)bool
func bpf_sk_storage_uncharge (smap *+bpf_local_storage_map,owner *.,size u32).
func bpf_skb_adjust_room (skb u64,len_diff u64,mode u64,flags u64,__ur_1 u64)u64
func bpf_skb_ancestor_cgroup_id (skb u64,ancestor_level u64,__ur_1 u64,__ur_2 u64,__ur_3 u64)u64
func bpf_skb_cgroup_classid (skb u64,__ur_1 u64,__ur_2 u64,__ur_3 u64,__ur_4 u64)u64
func bpf_skb_cgroup_id (skb u64,__ur_1 u64,__ur_2 u64,__ur_3 u64,__ur_4 u64)u64
func bpf_skb_change_head (skb u64,head_room u64,flags u64,__ur_1 u64,__ur_2 u64)u64
func bpf_skb_change_proto (skb u64,proto u64,flags u64,__ur_1 u64,__ur_2 u64)u64
func bpf_skb_change_tail (skb u64,new_len u64,flags u64,__ur_1 u64,__ur_2 u64)u64
func bpf_skb_change_type (skb u64,pkt_type u64,__ur_1 u64,__ur_2 u64,__ur_3 u64)u64
func bpf_skb_check_mtu (skb u64,ifindex u64,mtu_len u64,len_diff u64,flags u64)u64
func bpf_skb_copy (dst_buff *.,skb *!.,off long-unsigned-int,len long-unsigned-int)long-unsigned-int
func bpf_skb_ct_alloc (skb_ctx *+__sk_buff,bpf_tuple *+bpf_sock_tuple,tuple__sz u32,opts *+bpf_ct_opts,opts__sz u32)*+nf_conn___init bpf_kfunc
func bpf_skb_ct_lookup (skb_ctx *+__sk_buff,bpf_tuple *+bpf_sock_tuple,tuple__sz u32,opts *+bpf_ct_opts,opts__sz u32)*+nf_conn bpf_kfunc
func bpf_skb_ecn_set_ce (skb u64,__ur_1 u64,__ur_2 u64,__ur_3 u64,__ur_4 u64)u64
func bpf_skb_event_output (skb u64,map u64,flags u64,meta u64,meta_size u64)u64
func bpf_skb_fib_lookup (skb u64,params u64,plen u64,flags u64,__ur_1 u64)u64
func bpf_skb_generic_pop (skb *+sk_buff,off u32,len u32)int
func bpf_skb_generic_push (skb *+sk_buff,off u32,len u32)int
func bpf_skb_get_nlattr (skb u64,a u64,x u64,__ur_1 u64,__ur_2 u64)u64
func bpf_skb_get_nlattr_nest (skb u64,a u64,x u64,__ur_1 u64,__ur_2 u64)u64
func bpf_skb_get_pay_offset (skb u64,__ur_1 u64,__ur_2 u64,__ur_3 u64,__ur_4 u64)u64
func bpf_skb_get_tunnel_key (skb u64,to u64,size u64,flags u64,__ur_1 u64)u64
func bpf_skb_get_tunnel_opt (skb u64,to u64,size u64,__ur_1 u64,__ur_2 u64)u64
func bpf_skb_get_xfrm_state (skb u64,index u64,to u64,size u64,flags u64)u64
func bpf_skb_load_bytes (skb u64,offset u64,to u64,len u64,__ur_1 u64)u64
func bpf_skb_load_bytes_relative (skb u64,offset u64,to u64,len u64,start_header u64)u64
func bpf_skb_load_helper_16 (skb u64,data u64,headlen u64,offset u64,__ur_1 u64)u64
func bpf_skb_load_helper_16_no_cache (skb u64,offset u64,__ur_1 u64,__ur_2 u64,__ur_3 u64)u64
func bpf_skb_load_helper_32 (skb u64,data u64,headlen u64,offset u64,__ur_1 u64)u64
func bpf_skb_load_helper_32_no_cache (skb u64,offset u64,__ur_1 u64,__ur_2 u64,__ur_3 u64)u64
func bpf_skb_load_helper_8 (skb u64,data u64,headlen u64,offset u64,__ur_1 u64)u64
func bpf_skb_load_helper_8_no_cache (skb u64,offset u64,__ur_1 u64,__ur_2 u64,__ur_3 u64)u64
func bpf_skb_meta_pointer (skb *+sk_buff,offset u32)*.
func bpf_skb_pull_data (skb u64,len u64,__ur_1 u64,__ur_2 u64,__ur_3 u64)u64
func bpf_skb_set_tstamp (skb u64,tstamp u64,tstamp_type u64,__ur_1 u64,__ur_2 u64)u64
func bpf_skb_set_tunnel_key (skb u64,from u64,size u64,flags u64,__ur_1 u64)u64
func bpf_skb_set_tunnel_opt (skb u64,from u64,size u64,__ur_1 u64,__ur_2 u64)u64
func bpf_skb_store_bytes (skb u64,offset u64,from u64,len u64,flags u64)u64
func bpf_skb_under_cgroup (skb u64,map u64,idx u64,__ur_1 u64,__ur_2 u64)u64
func bpf_skb_vlan_pop (skb u64,__ur_1 u64,__ur_2 u64,__ur_3 u64,__ur_4 u64)u64
func bpf_skb_vlan_push (skb u64,vlan_proto u64,vlan_tci u64,__ur_1 u64,__ur_2 u64)u64
func bpf_sock_addr_set_sun_path (sa_kern *+bpf_sock_addr_kern,sun_path *!u8,sun_path__sz u32)int bpf_kfunc
func bpf_sock_destroy (sock *+sock_common)int bpf_kfunc
func bpf_sock_ops_enable_tx_tstamp (skops *+bpf_sock_ops_kern,flags u64)int bpf_kfunc
func bpf_strcasecmp (s1__ign *!char,s2__ign *!char)int bpf_kfunc
func bpf_strchr (s__ign *!char,c char)int bpf_kfunc
func bpf_strchrnul (s__ign *!char,c char)int bpf_kfunc
func bpf_strcmp (s1__ign *!char,s2__ign *!char)int bpf_kfunc
func bpf_strcspn (s__ign *!char,reject__ign *!char)int bpf_kfunc
func bpf_stream_vprintk_impl (stream_id int,fmt__str *!char,args *!.,len__sz u32,aux__prog *.)int bpf_kfunc
func bpf_strlen (s__ign *!char)int bpf_kfunc
func bpf_strnchr (s__ign *!char,count size_t,c char)int bpf_kfunc
func bpf_strnlen (s__ign *!char,count size_t)int bpf_kfunc
func bpf_strnstr (s1__ign *!char,s2__ign *!char,len size_t)int bpf_kfunc
func bpf_strrchr (s__ign *!char,c int)int bpf_kfunc
func bpf_strspn (s__ign *!char,accept__ign *!char)int bpf_kfunc
func bpf_strstr (s1__ign *!char,s2__ign *!char)int bpf_kfunc
func bpf_task_acquire (p *+task_struct)*+task_struct bpf_kfunc
func bpf_task_from_pid (pid s32)*+task_struct bpf_kfunc
func bpf_task_from_vpid (vpid s32)*+task_struct bpf_kfunc
func bpf_task_get_cgroup1 (task *+task_struct,hierarchy_id int)*+cgroup bpf_kfunc
func bpf_task_release (p *+task_struct). bpf_kfunc
func bpf_task_under_cgroup (task *+task_struct,ancestor *+cgroup)long-int bpf_kfunc
func bpf_task_work_schedule_resume_impl (task *+task_struct,tw *+bpf_task_work,map__map *.,callback bpf_task_work_callback_t,aux__prog *.)int bpf_kfunc
func bpf_task_work_schedule_signal_impl (task *+task_struct,tw *+bpf_task_work,map__map *.,callback bpf_task_work_callback_t,aux__prog *.)int bpf_kfunc
func bpf_throw (cookie u64). bpf_kfunc
func bpf_token_capable (token *!+bpf_token,cap int)bool
func bpf_verify_pkcs7_signature (data_p *+bpf_dynptr,sig_p *+bpf_dynptr,trusted_keyring *+bpf_key)int
func bpf_wq_init (wq *+bpf_wq,p__map *.,flags unsigned-int)int bpf_kfunc
func bpf_wq_set_callback_impl (wq *+bpf_wq,callback_fn *( *., *int, *.)int,flags unsigned-int,aux__prog *.)int bpf_kfunc
func bpf_wq_start (wq *+bpf_wq,flags unsigned-int)int bpf_kfunc
func bpf_xdp_adjust_head (xdp u64,offset u64,__ur_1 u64,__ur_2 u64,__ur_3 u64)u64
func bpf_xdp_adjust_meta (xdp u64,offset u64,__ur_1 u64,__ur_2 u64,__ur_3 u64)u64
func bpf_xdp_adjust_tail (xdp u64,offset u64,__ur_1 u64,__ur_2 u64,__ur_3 u64)u64
func bpf_xdp_check_mtu (xdp u64,ifindex u64,mtu_len u64,len_diff u64,flags u64)u64
func bpf_xdp_copy (dst *.,ctx *!.,off long-unsigned-int,len long-unsigned-int)long-unsigned-int
func bpf_xdp_copy_buf (xdp *+xdp_buff,off long-unsigned-int,buf *.,len long-unsigned-int,flush bool).
func bpf_xdp_ct_alloc (xdp_ctx *+xdp_md,bpf_tuple *+bpf_sock_tuple,tuple__sz u32,opts *+bpf_ct_opts,opts__sz u32)*+nf_conn___init bpf_kfunc
func bpf_xdp_ct_lookup (xdp_ctx *+xdp_md,bpf_tuple *+bpf_sock_tuple,tuple__sz u32,opts *+bpf_ct_opts,opts__sz u32)*+nf_conn bpf_kfunc
func bpf_xdp_event_output (xdp u64,map u64,flags u64,meta u64,meta_size u64)u64
func bpf_xdp_fib_lookup (ctx u64,params u64,plen u64,flags u64,__ur_1 u64)u64
func bpf_xdp_get_buff_len (xdp u64,__ur_1 u64,__ur_2 u64,__ur_3 u64,__ur_4 u64)u64
func bpf_xdp_get_xfrm_state (ctx *+xdp_md,opts *+bpf_xfrm_state_opts,opts__sz u32)*+xfrm_state bpf_kfunc
func bpf_xdp_link_attach (attr *!%bpf_attr,prog *+bpf_prog)int
func bpf_xdp_link_dealloc (link *+bpf_link).
func bpf_xdp_link_detach (link *+bpf_link)int
func bpf_xdp_link_fill_link_info (link *!+bpf_link,info *+bpf_link_info)int
func bpf_xdp_link_release (link *+bpf_link).
func bpf_xdp_link_show_fdinfo (link *!+bpf_link,seq *+seq_file).
func bpf_xdp_link_update (link *+bpf_link,new_prog *+bpf_prog,old_prog *+bpf_prog)int
func bpf_xdp_load_bytes (xdp u64,offset u64,buf u64,len u64,__ur_1 u64)u64
func bpf_xdp_metadata_kfunc_id (id int)u32
func bpf_xdp_metadata_rx_hash (ctx *!+xdp_md,hash *u32,rss_type *&xdp_rss_hash_type)int bpf_kfunc
func bpf_xdp_metadata_rx_timestamp (ctx *!+xdp_md,timestamp *u64)int bpf_kfunc
func bpf_xdp_metadata_rx_vlan_tag (ctx *!+xdp_md,vlan_proto *__be16,vlan_tci *u16)int bpf_kfunc
func bpf_xdp_pointer (xdp *+xdp_buff,offset u32,len u32)*.
func bpf_xdp_pull_data (x *+xdp_md,len u32)int bpf_kfunc
func bpf_xdp_redirect (ifindex u64,flags u64,__ur_1 u64,__ur_2 u64,__ur_3 u64)u64
func bpf_xdp_redirect_map (map u64,key u64,flags u64,__ur_1 u64,__ur_2 u64)u64
func bpf_xdp_sk_lookup_tcp (ctx u64,tuple u64,len u64,netns_id u64,flags u64)u64
func bpf_xdp_sk_lookup_udp (ctx u64,tuple u64,len u64,netns_id u64,flags u64)u64
func bpf_xdp_skc_lookup_tcp (ctx u64,tuple u64,len u64,netns_id u64,flags u64)u64
func bpf_xdp_sock_convert_ctx_access (type &bpf_access_type,si *!+bpf_insn,insn_buf *+bpf_insn,prog *+bpf_prog,target_size *u32)u32
func bpf_xdp_sock_is_valid_access (off int,size int,type &bpf_access_type,info *+bpf_insn_access_aux)bool
func bpf_xdp_store_bytes (xdp u64,offset u64,buf u64,len u64,__ur_1 u64)u64
func bpf_xdp_xfrm_state_release (x *+xfrm_state). bpf_kfunc
func bprm_change_interp (interp *!char,bprm *+linux_binprm)int
func bprm_execve (bprm *+linux_binprm)int
func bprm_stack_limits (bprm *+linux_binprm)int
func br_dev_xmit (skb *+sk_buff,dev *+net_device)netdev_tx_t
func br_forward (to *!+net_bridge_port,skb *+sk_buff,local_rcv bool,local_orig bool).
func br_forward_delay_timer_expired (t *+timer_list).
func br_forward_finish (net *+net,sk *+sock,skb *+sk_buff)int
func br_handle_frame (pskb **+sk_buff)rx_handler_result_t
func br_handle_frame_finish (net *+net,sk *+sock,skb *+sk_buff)int
func btf_try_get_module (btf *!+btf)*+module
func call_usermodehelper (path *!char,argv **char,envp **char,wait int)int
func call_usermodehelper_exec (sub_info *+subprocess_info,wait int)int
func call_usermodehelper_exec_async (data *.)int
func call_usermodehelper_exec_work (work *+work_struct).
func cap_capable (cred *!+cred,target_ns *+user_namespace,cap int,opts unsigned-int)int
func cgroup_attach_lock (lock_mode &cgroup_attach_lock_mode,tsk *+task_struct).
func cgroup_attach_permissions (src_cgrp *+cgroup,dst_cgrp *+cgroup,sb *+super_block,threadgroup bool,ns *+cgroup_namespace)int
func cgroup_attach_task (dst_cgrp *+cgroup,leader *+task_struct,threadgroup bool)int
func cgroup_attach_task_all (from *+task_struct,tsk *+task_struct)int
func cgroup_attach_unlock (lock_mode &cgroup_attach_lock_mode,tsk *+task_struct).
func cgroup_get_e_css (cgrp *+cgroup,ss *+cgroup_subsys)*+cgroup_subsys_state
func cgroup_mkdir (parent_kn *+kernfs_node,name *!char,mode umode_t)int
func cgroup_path_from_kernfs_id (id u64,buf *char,buflen size_t).
func cgroup_path_ns (cgrp *+cgroup,buf *char,buflen size_t,ns *+cgroup_namespace)int
func cgroup_path_ns_locked (cgrp *+cgroup,buf *char,buflen size_t,ns *+cgroup_namespace)int
func cgroup_rmdir (kn *+kernfs_node)int
func commit_creds (new *+cred)int
func complete_signal (sig int,p *+task_struct,type &pid_type).
func consume_skb (skb *+sk_buff).
func copy_process (pid *+pid,trace int,node int,args *+kernel_clone_args)*+task_struct
func css_rstat_flush (css *+cgroup_subsys_state). bpf_kfunc
func css_rstat_updated (css *+cgroup_subsys_state,cpu int). bpf_kfunc
func cubictcp_acked (sk *+sock,sample *!+ack_sample). bpf_kfunc
func cubictcp_cong_avoid (sk *+sock,ack u32,acked u32). bpf_kfunc
func cubictcp_cwnd_event (sk *+sock,event &tcp_ca_event). bpf_kfunc
func cubictcp_init (sk *+sock). bpf_kfunc
func cubictcp_recalc_ssthresh (sk *+sock)u32 bpf_kfunc
func cubictcp_state (sk *+sock,new_state u8). bpf_kfunc
func d_instantiate (entry *+dentry,inode *+inode).
func d_instantiate_new (entry *+dentry,inode *+inode).
func d_lookup (parent *!+dentry,name *!+qstr)*+dentry
func d_path (path *!+path,buf *char,buflen int)*char
func dentry_open (path *!+path,flags int,cred *!+cred)*+file
func dequeue_task (rq *+rq,p *+task_struct,flags int)bool
func dequeue_task_dl (rq *+rq,p *+task_struct,flags int)bool
func dequeue_task_fair (rq *+rq,p *+task_struct,flags int)bool
func dequeue_task_idle (rq *+rq,p *+task_struct,flags int)bool
func dequeue_task_rt (rq *+rq,p *+task_struct,flags int)bool
func dequeue_task_stop (rq *+rq,p *+task_struct,flags int)bool
func dev_close (dev *+net_device).
func dev_forward_skb (dev *+net_device,skb *+sk_buff)int
func dev_gro_receive (gro *+gro_node,skb *+sk_buff)&gro_result
func dev_hard_start_xmit (first *+sk_buff,dev *+net_device,txq *+netdev_queue,ret *int)*+sk_buff
func dev_open (dev *+net_device,extack *+netlink_ext_ack)int
func dev_queue_xmit (skb *+sk_buff)int
func dev_queue_xmit_nit (skb *+sk_buff,dev *+net_device).
func do_accept (file *+file,arg *+proto_accept_arg,upeer_sockaddr *+sockaddr,upeer_addrlen *int,flags int)*+file
func do_anonymous_page (vmf *+vm_fault)vm_fault_t
func do_faccessat (dfd int,filename *!char,mode int,flags int)int
func do_fault (vmf *+vm_fault)vm_fault_t
func do_filp_open (dfd int,pathname *+filename,op *!+open_flags)*+file
func do_futex (uaddr *u32,op int,val u32,timeout *ktime_t,uaddr2 *u32,val2 u32,val3 u32)long-int
func do_iter_readv_writev (filp *+file,iter *+iov_iter,ppos *loff_t,type int,flags rwf_t)ssize_t
func do_linkat (olddfd int,old *+filename,newdfd int,new *+filename,flags int)int
func do_mkdirat (dfd int,name *+filename,mode umode_t)int
func do_mmap (file *+file,addr long-unsigned-int,len long-unsigned-int,prot long-unsigned-int,flags long-unsigned-int,vm_flags vm_flags_t,pgoff long-unsigned-int,populate *long-unsigned-int,uf *+list_head)long-unsigned-int
func do_mount (dev_name *!char,dir_name *!char,type_page *!char,flags long-unsigned-int,data_page *.)int
func do_mprotect_pkey (start long-unsigned-int,len size_t,prot long-unsigned-int,pkey int)int
func do_mremap (vrm *+vma_remap_struct)long-unsigned-int
func do_munmap (mm *+mm_struct,start long-unsigned-int,len size_t,uf *+list_head)int
func do_nanosleep (t *+hrtimer_sleeper,mode &hrtimer_mode)int
func do_page_mkwrite (vmf *+vm_fault,folio *+folio)vm_fault_t
func do_prlimit (tsk *+task_struct,resource unsigned-int,new_rlim *+rlimit,old_rlim *+rlimit)int
func do_renameat2 (olddfd int,from *+filename,newdfd int,to *+filename,flags unsigned-int)int
func do_rmdir (dfd int,name *+filename)int
func do_sched_setscheduler (pid pid_t,policy int,param *+sched_param)int
func do_sched_yield ().
func do_send_sig_info (sig int,info *+kernel_siginfo,p *+task_struct,type &pid_type)int
func do_set_acl (idmap *+mnt_idmap,dentry *+dentry,acl_name *!char,kvalue *!.,size size_t)int
func do_set_group (from_path *!+path,to_path *!+path)int
func do_set_master (dev *+net_device,ifindex int,extack *+netlink_ext_ack)int
func do_set_mempolicy (mode short-unsigned-int,flags short-unsigned-int,nodes *nodemask_t)long-int
func do_set_pmd (vmf *+vm_fault,folio *+folio,page *+page)vm_fault_t
func do_set_thread_area (p *+task_struct,idx int,u_info *+user_desc,can_allocate int)int
func do_sigaction (sig int,act *+k_sigaction,oact *+k_sigaction)int
func do_softirq ().
func do_statx (dfd int,filename *+filename,flags unsigned-int,mask unsigned-int,buffer *+statx)int
func do_swap_page (vmf *+vm_fault)vm_fault_t
func do_symlinkat (from *+filename,newdfd int,to *+filename)int
func do_sys_open (dfd int,filename *!char,flags int,mode umode_t)int
func do_sys_openat2 (dfd int,filename *!char,how *+open_how)int
func do_task_dead ().
func do_unlinkat (dfd int,name *+filename)int
func do_wp_page (vmf *+vm_fault)vm_fault_t
func down_read (sem *+rw_semaphore).
func down_write (sem *+rw_semaphore).
func dup_mm_exe_file (mm *+mm_struct,oldmm *+mm_struct).
func dup_mmap (mm *+mm_struct,oldmm *+mm_struct)int
func enqueue_task (rq *+rq,p *+task_struct,flags int).
func enqueue_task_dl (rq *+rq,p *+task_struct,flags int).
func enqueue_task_fair (rq *+rq,p *+task_struct,flags int).
func enqueue_task_rt (rq *+rq,p *+task_struct,flags int).
func enqueue_task_stop (rq *+rq,p *+task_struct,flags int).
func enqueue_to_backlog (skb *+sk_buff,cpu int,qtail *unsigned-int)int
func ep_poll_callback (wait *wait_queue_entry_t,mode unsigned-int,sync int,key *.)int
func eth_type_trans (skb *+sk_buff,dev *+net_device)__be16
func evict (inode *+inode).
func exit_files (tsk *+task_struct).
func exit_fs (tsk *+task_struct).
func exit_signals (tsk *+task_struct).
func ext4_create (idmap *+mnt_idmap,dir *+inode,dentry *+dentry,mode umode_t,excl bool)int
func ext4_file_open (inode *+inode,filp *+file)int
func ext4_file_read_iter (iocb *+kiocb,to *+iov_iter)ssize_t
func ext4_file_write_iter (iocb *+kiocb,from *+iov_iter)ssize_t
func ext4_mkdir (idmap *+mnt_idmap,dir *+inode,dentry *+dentry,mode umode_t)*+dentry
func ext4_sync_file (file *+file,start loff_t,end loff_t,datasync int)int
func ext4_unlink (dir *+inode,dentry *+dentry)int
func fib_table_lookup (tb *+fib_table,flp *!+flowi4,res *+fib_result,fib_flags int)int
func fib_validate_source (skb *+sk_buff,src __be32,dst __be32,dscp dscp_t,oif int,dev *+net_device,idev *+in_device,itag *u32)int
func filemap_add_folio (mapping *+address_space,folio *+folio,index long-unsigned-int,gfp gfp_t)int
func filemap_fault (vmf *+vm_fault)vm_fault_t
func filemap_get_entry (mapping *+address_space,index long-unsigned-int)*.
func filemap_get_folios (mapping *+address_space,start *long-unsigned-int,end long-unsigned-int,fbatch *+folio_batch)unsigned-int
func filemap_get_folios_contig (mapping *+address_space,start *long-unsigned-int,end long-unsigned-int,fbatch *+folio_batch)unsigned-int
func filemap_get_folios_tag (mapping *+address_space,start *long-unsigned-int,end long-unsigned-int,tag xa_mark_t,fbatch *+folio_batch)unsigned-int
func filemap_get_pages (iocb *+kiocb,count size_t,fbatch *+folio_batch,need_uptodate bool)int
func filemap_get_read_batch (mapping *+address_space,index long-unsigned-int,max long-unsigned-int,fbatch *+folio_batch).
func filemap_map_pages (vmf *+vm_fault,start_pgoff long-unsigned-int,end_pgoff long-unsigned-int)vm_fault_t
func filemap_read (iocb *+kiocb,iter *+iov_iter,already_read ssize_t)ssize_t
func filemap_read_folio (file *+file,filler *filler_t,folio *+folio)int
func filp_close (filp *+file,id fl_owner_t)int
func filp_open (filename *!char,flags int,mode umode_t)*+file
func find_get_pid (nr pid_t)*+pid
func finish_task_switch (prev *+task_struct)*+rq
func folio_account_cleaned (folio *+folio,wb *+bdi_writeback).
func folio_add_anon_rmap_pmd (folio *+folio,page *+page,vma *+vm_area_struct,address long-unsigned-int,flags rmap_t).
func folio_add_anon_rmap_ptes (folio *+folio,page *+page,nr_pages int,vma *+vm_area_struct,address long-unsigned-int,flags rmap_t).
func folio_add_file_rmap_pmd (folio *+folio,page *+page,vma *+vm_area_struct).
func folio_add_file_rmap_ptes (folio *+folio,page *+page,nr_pages int,vma *+vm_area_struct).
func folio_add_file_rmap_pud (folio *+folio,page *+page,vma *+vm_area_struct).
func folio_add_lru (folio *+folio).
func folio_add_lru_vma (folio *+folio,vma *+vm_area_struct).
func folio_add_new_anon_rmap (folio *+folio,vma *+vm_area_struct,address long-unsigned-int,flags rmap_t).
func folio_add_pin (folio *+folio).
func folio_add_pins (folio *+folio,pins unsigned-int)int
func folio_mark_accessed (folio *+folio).
func folio_mark_dirty (folio *+folio)bool
func folio_mark_dirty_lock (folio *+folio)bool
func folio_mark_lazyfree (folio *+folio).
func force_sig (sig int).
func force_sig_bnderr (addr *.,lower *.,upper *.)int
func force_sig_fault (sig int,code int,addr *.)int
func force_sig_fault_to_task (sig int,code int,addr *.,t *+task_struct)int
func force_sig_fault_trapno (sig int,code int,addr *.,trapno int)int
func force_sig_info (info *+kernel_siginfo)int
func force_sig_info_to_task (info *+kernel_siginfo,t *+task_struct,handler &sig_handler)int
func force_sig_mceerr (code int,addr *.,lsb short-int)int
func force_sig_pkuerr (addr *.,pkey u32)int
func force_sig_ptrace_errno_trap (errno int,addr *.)int
func force_sig_seccomp (syscall int,reason int,force_coredump bool)int
func force_sigsegv (sig int).
func fput (file *+file).
func free_pages (addr long-unsigned-int,order unsigned-int).
func free_pid (pid *+pid).
func generic_file_direct_write (iocb *+kiocb,from *+iov_iter)ssize_t
func generic_file_fsync (file *+file,start loff_t,end loff_t,datasync int)int
func generic_file_llseek (file *+file,offset loff_t,whence int)loff_t
func generic_file_llseek_size (file *+file,offset loff_t,whence int,maxsize loff_t,eof loff_t)loff_t
func generic_file_mmap (file *+file,vma *+vm_area_struct)int
func generic_file_mmap_prepare (desc *+vm_area_desc)int
func generic_file_open (inode *+inode,filp *+file)int
func generic_file_read_iter (iocb *+kiocb,iter *+iov_iter)ssize_t
func generic_file_readonly_mmap (file *+file,vma *+vm_area_struct)int
func generic_file_readonly_mmap_prepare (desc *+vm_area_desc)int
func generic_file_rw_checks (file_in *+file,file_out *+file)int
func generic_file_write_iter (iocb *+kiocb,from *+iov_iter)ssize_t
func generic_perform_write (iocb *+kiocb,i *+iov_iter)ssize_t
func generic_permission (idmap *+mnt_idmap,inode *+inode,mask int)int
func generic_read_dir (filp *+file,buf *char,siz size_t,ppos *loff_t)ssize_t
func generic_write_check_limits (file *+file,pos loff_t,count *loff_t)int
func generic_write_checks (iocb *+kiocb,from *+iov_iter)ssize_t
func generic_write_checks_count (iocb *+kiocb,count *loff_t)int
func generic_write_end (iocb *!+kiocb,mapping *+address_space,pos loff_t,len unsigned-int,copied unsigned-int,folio *+folio,fsdata *.)int
func get_random_bytes (buf *.,len size_t).
func get_random_bytes_user (iter *+iov_iter)ssize_t
func get_random_u16 ()u16
func get_random_u32 ()u32
func get_random_u64 ()u64
func get_random_u8 ()u8
func get_signal (ksig *+ksignal)bool
func get_task_mm (task *+task_struct)*+mm_struct
func handle_irq_desc (desc *+irq_desc)int
func handle_irq_event (desc *+irq_desc)irqreturn_t
func handle_irq_event_percpu (desc *+irq_desc)irqreturn_t
func handle_mm_fault (vma *+vm_area_struct,address long-unsigned-int,flags unsigned-int,regs *+pt_regs)vm_fault_t
func handle_softirqs (ksirqd bool).
func hrtimer_cancel (timer *+hrtimer)int
func hrtimer_interrupt (dev *+clock_event_device).
func hrtimer_start_range_ns (timer *+hrtimer,tim ktime_t,delta_ns u64,mode !&hrtimer_mode).
func htab_map_alloc (attr *%bpf_attr)*+bpf_map
func htab_map_delete_elem (map *+bpf_map,key *.)long-int
func htab_map_get_next_key (map *+bpf_map,key *.,next_key *.)int
func htab_map_update_elem (map *+bpf_map,key *.,value *.,map_flags u64)long-int
func icmp_echo (skb *+sk_buff)&skb_drop_reason
func icmp_push_reply (sk *+sock,icmp_param *+icmp_bxm,fl4 *+flowi4,ipc *+ipcm_cookie,rt **+rtable).
func icmp_rcv (skb *+sk_buff)int
func icmpv6_rcv (skb *+sk_buff)int
func inet6_bind (sock *+socket,uaddr *+sockaddr,addr_len int)int
func inet6_bind_sk (sk *+sock,uaddr *+sockaddr,addr_len int)int
func inet6_create (net *+net,sock *+socket,protocol int,kern int)int
func inet6_csk_route_req (sk *!+sock,fl6 *+flowi6,req *!+request_sock,proto u8)*+dst_entry
func inet6_csk_route_socket (sk *+sock,fl6 *+flowi6)*+dst_entry
func inet6_csk_update_pmtu (sk *+sock,mtu u32)*+dst_entry
func inet6_csk_xmit (sk *+sock,skb *+sk_buff,fl_unused *+flowi)int
func inet6_recvmsg (sock *+socket,msg *+msghdr,size size_t,flags int)int
func inet6_release (sock *+socket)int
func inet6_sendmsg (sock *+socket,msg *+msghdr,size size_t)int
func inet6_sock_destruct (sk *+sock).
func inet_accept (sock *+socket,newsock *+socket,arg *+proto_accept_arg)int
func inet_bind (sock *+socket,uaddr *+sockaddr,addr_len int)int
func inet_bind_bucket_create (cachep *+kmem_cache,net *+net,head *+inet_bind_hashbucket,snum !short-unsigned-int,l3mdev int)*+inet_bind_bucket
func inet_bind_bucket_destroy (tb *+inet_bind_bucket).
func inet_bind_bucket_match (tb *!+inet_bind_bucket,net *!+net,port short-unsigned-int,l3mdev int)bool
func inet_bind_conflict (sk *!+sock,sk2 *+sock,uid kuid_t,relax bool,reuseport_cb_ok bool,reuseport_ok bool)bool
func inet_bind_hash (sk *+sock,tb *+inet_bind_bucket,tb2 *+inet_bind2_bucket,port short-unsigned-int).
func inet_bind_sk (sk *+sock,uaddr *+sockaddr,addr_len int)int
func inet_create (net *+net,sock *+socket,protocol int,kern int)int
func inet_csk_accept (sk *+sock,arg *+proto_accept_arg)*+sock
func inet_csk_bind_conflict (sk *!+sock,tb *!+inet_bind_bucket,tb2 *!+inet_bind2_bucket,relax bool,reuseport_ok bool)int
func inet_csk_clear_xmit_timers (sk *+sock).
func inet_csk_clear_xmit_timers_sync (sk *+sock).
func inet_csk_clone_lock (sk *!+sock,req *!+request_sock,priority !gfp_t)*+sock
func inet_csk_complete_hashdance (sk *+sock,child *+sock,req *+request_sock,own_req bool)*+sock
func inet_csk_destroy_sock (sk *+sock).
func inet_csk_get_port (sk *+sock,snum short-unsigned-int)int
func inet_csk_init_xmit_timers (sk *+sock,retransmit_handler *( *+timer_list).,delack_handler *( *+timer_list).,keepalive_handler *( *+timer_list).).
func inet_csk_listen_start (sk *+sock)int
func inet_csk_listen_stop (sk *+sock).
func inet_csk_prepare_for_destroy_sock (sk *+sock).
func inet_csk_prepare_forced_close (sk *+sock).
func inet_csk_rebuild_route (sk *+sock,fl *+flowi)*+dst_entry
func inet_csk_reqsk_queue_add (sk *+sock,req *+request_sock,child *+sock)*+sock
func inet_csk_reqsk_queue_drop (sk *+sock,req *+request_sock)bool
func inet_csk_reqsk_queue_drop_and_put (sk *+sock,req *+request_sock).
func inet_csk_reqsk_queue_hash_add (sk *+sock,req *+request_sock,timeout long-unsigned-int)bool
func inet_csk_route_child_sock (sk *!+sock,newsk *+sock,req *!+request_sock)*+dst_entry
func inet_csk_route_req (sk *!+sock,fl4 *+flowi4,req *!+request_sock)*+dst_entry
func inet_csk_update_fastreuse (sk *!+sock,tb *+inet_bind_bucket,tb2 *+inet_bind2_bucket).
func inet_csk_update_pmtu (sk *+sock,mtu u32)*+dst_entry
func inet_dgram_connect (sock *+socket,uaddr *+sockaddr,addr_len int,flags int)int
func inet_listen (sock *+socket,backlog int)int
func inet_recvmsg (sock *+socket,msg *+msghdr,size size_t,flags int)int
func inet_release (sock *+socket)int
func inet_sendmsg (sock *+socket,msg *+msghdr,size size_t)int
func inet_shutdown (sock *+socket,how int)int
func inet_stream_connect (sock *+socket,uaddr *+sockaddr,addr_len int,flags int)int
func inode_permission (idmap *+mnt_idmap,inode *+inode,mask int)int
func io_issue_sqe (req *+io_kiocb,issue_flags unsigned-int)int
func io_read (req *+io_kiocb,issue_flags unsigned-int)int
func io_submit_one (ctx *+kioctx,user_iocb *+iocb,compat bool)int
func io_submit_sqes (ctx *+io_ring_ctx,nr unsigned-int)int
func io_uring_alloc_task_context (task *+task_struct,ctx *+io_ring_ctx)int
func io_uring_cancel_generic (cancel_all bool,sqd *+io_sq_data).
func io_uring_classic_poll (req *+io_kiocb,iob *+io_comp_batch,poll_flags unsigned-int)int
func io_uring_clean_tctx (tctx *+io_uring_task).
func io_uring_cmd (req *+io_kiocb,issue_flags unsigned-int)int
func io_uring_cmd_buffer_select (ioucmd *+io_uring_cmd,buf_group unsigned-int,len *size_t,issue_flags unsigned-int)+io_br_sel
func io_uring_cmd_cleanup (req *+io_kiocb).
func io_uring_cmd_import_fixed (ubuf u64,len long-unsigned-int,rw int,iter *+iov_iter,ioucmd *+io_uring_cmd,issue_flags unsigned-int)int
func io_uring_cmd_import_fixed_vec (ioucmd *+io_uring_cmd,uvec *!+iovec,uvec_segs size_t,ddir int,iter *+iov_iter,issue_flags unsigned-int)int
func io_uring_cmd_issue_blocking (ioucmd *+io_uring_cmd).
func io_uring_cmd_mark_cancelable (cmd *+io_uring_cmd,issue_flags unsigned-int).
func io_uring_cmd_post_mshot_cqe32 (cmd *+io_uring_cmd,issue_flags unsigned-int,cqe *+io_uring_cqe)bool
func io_uring_cmd_prep (req *+io_kiocb,sqe *!+io_uring_sqe)int
func io_uring_cmd_sock (cmd *+io_uring_cmd,issue_flags unsigned-int)int
func io_uring_cmd_sqe_copy (req *+io_kiocb).
func io_uring_cmd_work (req *+io_kiocb,tw io_tw_token_t).
func io_uring_del_tctx_node (index long-unsigned-int).
func io_uring_drop_tctx_refs (task *+task_struct).
func io_uring_fill_params (entries unsigned-int,p *+io_uring_params)int
func io_uring_get_opcode (opcode u8)*!char
func io_uring_get_unmapped_area (filp *+file,addr long-unsigned-int,len long-unsigned-int,pgoff long-unsigned-int,flags long-unsigned-int)long-unsigned-int
func io_uring_mmap (file *+file,vma *+vm_area_struct)int
func io_uring_mshot_cmd_post_cqe (ioucmd *+io_uring_cmd,sel *+io_br_sel,issue_flags unsigned-int)bool
func io_uring_op_supported (opcode u8)bool
func io_uring_poll (file *+file,wait *poll_table)__poll_t
func io_uring_register_get_file (fd unsigned-int,registered bool)*+file
func io_uring_release (inode *+inode,file *+file)int
func io_uring_show_fdinfo (m *+seq_file,file *+file).
func io_uring_sync_msg_ring (sqe *+io_uring_sqe)int
func io_uring_try_cancel_requests (ctx *+io_ring_ctx,tctx *+io_uring_task,cancel_all bool,is_sqpoll_thread bool)bool
func io_uring_try_cancel_uring_cmd (ctx *+io_ring_ctx,tctx *+io_uring_task,cancel_all bool)bool
func io_uring_unreg_ringfd ().
func io_write (req *+io_kiocb,issue_flags unsigned-int)int
func ip6_append_data (sk *+sock,getfrag *( *., *char, int, int, int, *+sk_buff)int,from *.,length size_t,transhdrlen int,ipc6 *+ipcm6_cookie,fl6 *+flowi6,rt *+rt6_info,flags unsigned-int)int
func ip6_finish_output (net *+net,sk *+sock,skb *+sk_buff)int
func ip6_finish_output2 (net *+net,sk *+sock,skb *+sk_buff)int
func ip6_forward (skb *+sk_buff)int
func ip6_fragment (net *+net,sk *+sock,skb *+sk_buff,output *( *+net, *+sock, *+sk_buff)int)int
func ip6_local_out (net *+net,sk *+sock,skb *+sk_buff)int
func ip6_output (net *+net,sk *+sock,skb *+sk_buff)int
func ip6_rcv_finish (net *+net,sk *+sock,skb *+sk_buff)int
func ip6t_do_table (priv *.,skb *+sk_buff,state *!+nf_hook_state)unsigned-int
func ip_append_data (sk *+sock,fl4 *+flowi4,getfrag *( *., *char, int, int, int, *+sk_buff)int,from *.,length int,transhdrlen int,ipc *+ipcm_cookie,rtp **+rtable,flags unsigned-int)int
func ip_build_and_send_pkt (skb *+sk_buff,sk *!+sock,saddr __be32,daddr __be32,opt *+ip_options_rcu,tos u8)int
func ip_finish_output (net *+net,sk *+sock,skb *+sk_buff)int
func ip_finish_output2 (net *+net,sk *+sock,skb *+sk_buff)int
func ip_forward (skb *+sk_buff)int
func ip_fragment (net *+net,sk *+sock,skb *+sk_buff,mtu unsigned-int,output *( *+net, *+sock, *+sk_buff)int)int
func ip_local_deliver (skb *+sk_buff)int
func ip_local_deliver_finish (net *+net,sk *+sock,skb *+sk_buff)int
func ip_local_out (net *+net,sk *+sock,skb *+sk_buff)int
func ip_output (net *+net,sk *+sock,skb *+sk_buff)int
func ip_queue_xmit (sk *+sock,skb *+sk_buff,fl *+flowi)int
func ip_rcv (skb *+sk_buff,dev *+net_device,pt *+packet_type,orig_dev *+net_device)int
func ip_rcv_finish (net *+net,sk *+sock,skb *+sk_buff)int
func ipt_do_table (priv *.,skb *+sk_buff,state *!+nf_hook_state)unsigned-int
func iput (inode *+inode).
func irq_enter ().
func irq_enter_rcu ().
func irq_exit_rcu ().
func kernel_accept (sock *+socket,newsock **+socket,flags int)int
func kernel_bind (sock *+socket,addr *+sockaddr,addrlen int)int
func kernel_clone (args *+kernel_clone_args)pid_t
func kernel_connect (sock *+socket,addr *+sockaddr,addrlen int,flags int)int
func kernel_execve (kernel_filename *!char,argv *!*!char,envp *!*!char)int
func kernel_read (file *+file,buf *.,count size_t,pos *loff_t)ssize_t
func kernel_read_file (file *+file,offset loff_t,buf **.,buf_size size_t,file_size *size_t,id &kernel_read_file_id)ssize_t
func kernel_read_file_from_fd (fd int,offset loff_t,buf **.,buf_size size_t,file_size *size_t,id &kernel_read_file_id)ssize_t
func kernel_read_file_from_path (path *!char,offset loff_t,buf **.,buf_size size_t,file_size *size_t,id &kernel_read_file_id)ssize_t
func kernel_read_file_from_path_initns (path *!char,offset loff_t,buf **.,buf_size size_t,file_size *size_t,id &kernel_read_file_id)ssize_t
func kernel_recvmsg (sock *+socket,msg *+msghdr,vec *+kvec,num size_t,size size_t,flags int)int
func kernel_sendmsg (sock *+socket,msg *+msghdr,vec *+kvec,num size_t,size size_t)int
func kernel_wait (pid pid_t,stat *int)int
func kernel_wait4 (upid pid_t,stat_addr *int,options int,ru *+rusage)long-int
func kernel_waitid (which int,upid pid_t,infop *+waitid_info,options int,ru *+rusage)long-int
func kernel_waitid_prepare (wo *+wait_opts,which int,upid pid_t,infop *+waitid_info,options int,ru *+rusage)int
func kernel_write (file *+file,buf *!.,count size_t,pos *loff_t)ssize_t
func kernfs_fop_llseek (file *+file,offset loff_t,whence int)loff_t
func kernfs_fop_mmap (file *+file,vma *+vm_area_struct)int
func kernfs_fop_open (inode *+inode,file *+file)int
func kernfs_fop_poll (filp *+file,wait *poll_table)__poll_t
func kernfs_fop_read_iter (iocb *+kiocb,iter *+iov_iter)ssize_t
func kernfs_fop_readdir (file *+file,ctx *+dir_context)int
func kernfs_fop_release (inode *+inode,filp *+file)int
func kernfs_fop_write_iter (iocb *+kiocb,iter *+iov_iter)ssize_t
func kernfs_iop_get_link (dentry *+dentry,inode *+inode,done *+delayed_call)*!char
func kernfs_iop_getattr (idmap *+mnt_idmap,path *!+path,stat *+kstat,request_mask u32,query_flags unsigned-int)int
func kernfs_iop_listxattr (dentry *+dentry,buf *char,size size_t)ssize_t
func kernfs_iop_lookup (dir *+inode,dentry *+dentry,flags unsigned-int)*+dentry
func kernfs_iop_mkdir (idmap *+mnt_idmap,dir *+inode,dentry *+dentry,mode umode_t)*+dentry
func kernfs_iop_permission (idmap *+mnt_idmap,inode *+inode,mask int)int
func kernfs_iop_rename (idmap *+mnt_idmap,old_dir *+inode,old_dentry *+dentry,new_dir *+inode,new_dentry *+dentry,flags unsigned-int)int
func kernfs_iop_rmdir (dir *+inode,dentry *+dentry)int
func kernfs_iop_setattr (idmap *+mnt_idmap,dentry *+dentry,iattr *+iattr)int
func kfree (object *!.).
func kfree_skb_list_reason (segs *+sk_buff,reason &skb_drop_reason).
func kfree_skb_partial (skb *+sk_buff,head_stolen bool).
func kfree_skbmem (skb *+sk_buff).
func kmalloc_fix_flags (flags gfp_t)gfp_t
func kmalloc_nolock_noprof (size size_t,gfp_flags gfp_t,node int)*.
func kmalloc_reserve (size *unsigned-int,flags gfp_t,node int,pfmemalloc *bool)*.
func kmalloc_size_roundup (size size_t)size_t
func kmem_cache_alloc_bulk_noprof (s *+kmem_cache,flags gfp_t,size size_t,p **.)int
func kmem_cache_alloc_from_sheaf_noprof (s *+kmem_cache,gfp gfp_t,sheaf *+slab_sheaf)*.
func kmem_cache_alloc_lru_noprof (s *+kmem_cache,lru *+list_lru,gfpflags gfp_t)*.
func kmem_cache_alloc_node_noprof (s *+kmem_cache,gfpflags gfp_t,node int)*.
func kmem_cache_alloc_noprof (s *+kmem_cache,gfpflags gfp_t)*.
func kmem_cache_free (s *+kmem_cache,x *.).
func kmem_cache_free_bulk (s *+kmem_cache,size size_t,p **.).
func ksys_dup3 (oldfd unsigned-int,newfd unsigned-int,flags int)int
func ksys_fadvise64_64 (fd int,offset loff_t,len loff_t,advice int)int
func ksys_fallocate (fd int,mode int,offset loff_t,len loff_t)int
func ksys_fchown (fd unsigned-int,user uid_t,group gid_t)int
func ksys_ioperm (from long-unsigned-int,num long-unsigned-int,turn_on int)long-int
func ksys_lseek (fd unsigned-int,offset off_t,whence unsigned-int)off_t
func ksys_mmap_pgoff (addr long-unsigned-int,len long-unsigned-int,prot long-unsigned-int,flags long-unsigned-int,fd long-unsigned-int,pgoff long-unsigned-int)long-unsigned-int
func ksys_msgctl (msqid int,cmd int,buf *+msqid_ds,version int)long-int
func ksys_msgget (key key_t,msgflg int)long-int
func ksys_msgrcv (msqid int,msgp *+msgbuf,msgsz size_t,msgtyp long-int,msgflg int)long-int
func ksys_msgsnd (msqid int,msgp *+msgbuf,msgsz size_t,msgflg int)long-int
func ksys_pread64 (fd unsigned-int,buf *char,count size_t,pos loff_t)ssize_t
func ksys_pwrite64 (fd unsigned-int,buf *!char,count size_t,pos loff_t)ssize_t
func ksys_read (fd unsigned-int,buf *char,count size_t)ssize_t
func ksys_readahead (fd int,offset loff_t,count size_t)ssize_t
func ksys_semctl (semid int,semnum int,cmd int,arg long-unsigned-int,version int)long-int
func ksys_semget (key key_t,nsems int,semflg int)long-int
func ksys_semtimedop (semid int,tsops *+sembuf,nsops unsigned-int,timeout *!+__kernel_timespec)long-int
func ksys_setsid ()int
func ksys_shmctl (shmid int,cmd int,buf *+shmid_ds,version int)long-int
func ksys_shmdt (shmaddr *char)long-int
func ksys_shmget (key key_t,size size_t,shmflg int)long-int
func ksys_sync ().
func ksys_sync_file_range (fd int,offset loff_t,nbytes loff_t,flags unsigned-int)int
func ksys_unshare (unshare_flags long-unsigned-int)int
func ksys_write (fd unsigned-int,buf *!char,count size_t)ssize_t
func link_path_walk (name *!char,nd *+nameidata)int
func lookup_elem_raw (head *+hlist_nulls_head,hash u32,key *.,key_size u32)*+htab_elem
func lookup_fast (nd *+nameidata)*+dentry
func mark_page_accessed (page *+page).
func may_open (idmap *+mnt_idmap,path *!+path,acc_mode int,flag int)int
func may_open_dev (path *!+path)bool
func mod_timer (timer *+timer_list,expires long-unsigned-int)int
func mod_timer_pending (timer *+timer_list,expires long-unsigned-int)int
func mutex_lock (lock *+mutex).
func mutex_lock_interruptible (lock *+mutex)int
func mutex_lock_io (lock *+mutex).
func mutex_lock_killable (lock *+mutex)int
func mutex_trylock (lock *+mutex)int
func mutex_unlock (lock *+mutex).
func napi_complete_done (n *+napi_struct,work_done int)bool
func napi_gro_frags (napi *+napi_struct)gro_result_t
func napi_schedule_prep (n *+napi_struct)bool
func neigh_resolve_output (neigh *+neighbour,skb *+sk_buff)int
func neigh_update (neigh *+neighbour,lladdr *!u8,new u8,flags u32,nlmsg_pid u32)int
func net_rx_action ().
func net_tx_action ().
func netif_receive_skb (skb *+sk_buff)int
func netif_receive_skb_core (skb *+sk_buff)int
func netif_receive_skb_list (head *+list_head).
func netif_receive_skb_list_internal (head *+list_head).
func netif_rx (skb *+sk_buff)int
func netlink_broadcast (ssk *+sock,skb *+sk_buff,portid u32,group u32,allocation gfp_t)int
func netlink_broadcast_filtered (ssk *+sock,skb *+sk_buff,portid u32,group u32,allocation gfp_t,filter netlink_filter_fn,filter_data *.)int
func netlink_recvmsg (sock *+socket,msg *+msghdr,len size_t,flags int)int
func netlink_sendmsg (sock *+socket,msg *+msghdr,len size_t)int
func netlink_sendskb (sk *+sock,skb *+sk_buff)int
func netlink_unicast (ssk *+sock,skb *+sk_buff,portid u32,nonblock int)int
func nf_conntrack_alloc (net *+net,zone *!+nf_conntrack_zone,orig *!+nf_conntrack_tuple,repl *!+nf_conntrack_tuple,gfp gfp_t)*+nf_conn
func nf_conntrack_free (ct *+nf_conn).
func nf_conntrack_in (skb *+sk_buff,state *!+nf_hook_state)unsigned-int
func nf_conntrack_inet_error (tmpl *+nf_conn,skb *+sk_buff,dataoff unsigned-int,state *!+nf_hook_state,l4proto u8,outer_daddr *%nf_inet_addr)int
func nf_conntrack_init_end ().
func nf_conntrack_init_net (net *+net)int
func nf_conntrack_init_start ()int
func nf_conntrack_invert_icmp_tuple (tuple *+nf_conntrack_tuple,orig *!+nf_conntrack_tuple)bool
func nf_conntrack_invert_icmpv6_tuple (tuple *+nf_conntrack_tuple,orig *!+nf_conntrack_tuple)bool
func nf_hook_slow (skb *+sk_buff,state *+nf_hook_state,e *!+nf_hook_entries,s unsigned-int)int
func nft_do_chain (pkt *+nft_pktinfo,priv *.)unsigned-int
func nft_do_chain_arp (priv *.,skb *+sk_buff,state *!+nf_hook_state)unsigned-int
func nft_do_chain_bridge (priv *.,skb *+sk_buff,state *!+nf_hook_state)unsigned-int
func nft_do_chain_inet (priv *.,skb *+sk_buff,state *!+nf_hook_state)unsigned-int
func nft_do_chain_inet_ingress (priv *.,skb *+sk_buff,state *!+nf_hook_state)unsigned-int
func nft_do_chain_ipv4 (priv *.,skb *+sk_buff,state *!+nf_hook_state)unsigned-int
func nft_do_chain_ipv6 (priv *.,skb *+sk_buff,state *!+nf_hook_state)unsigned-int
func nft_do_chain_netdev (priv *.,skb *+sk_buff,state *!+nf_hook_state)unsigned-int
func ns_capable (ns *+user_namespace,cap int)bool
func ns_capable_noaudit (ns *+user_namespace,cap int)bool
func ns_capable_setid (ns *+user_namespace,cap int)bool
func oom_kill_process (oc *+oom_control,message *!char).
func out_of_memory (oc *+oom_control)bool
func panic (fmt *!char, .).
func path_lookupat (nd *+nameidata,flags unsigned-int,path *+path)int
func path_mount (dev_name *!char,path *!+path,type_page *!char,flags long-unsigned-int,data_page *.)int
func path_openat (nd *+nameidata,op *!+open_flags,flags unsigned-int)*+file
func perf_event_alloc (attr *+perf_event_attr,cpu int,task *+task_struct,group_leader *+perf_event,parent_event *+perf_event,overflow_handler perf_overflow_handler_t,context *.,cgroup_fd int)*+perf_event
func perf_event_output (event *+perf_event,data *+perf_sample_data,regs *+pt_regs)int
func perf_event_output_backward (event *+perf_event,data *+perf_sample_data,regs *+pt_regs).
func perf_event_output_forward (event *+perf_event,data *+perf_sample_data,regs *+pt_regs).
func perf_swevent_add (event *+perf_event,flags int)int
func perf_swevent_del (event *+perf_event,flags int).
func perf_swevent_destroy_hrtimer (event *+perf_event).
func perf_swevent_event (event *+perf_event,nr u64,data *+perf_sample_data,regs *+pt_regs).
func perf_swevent_get_recursion_context ()int
func perf_swevent_hrtimer (hrtimer *+hrtimer)&hrtimer_restart
func perf_swevent_put_recursion_context (rctx int).
func perf_swevent_read (event *+perf_event).
func perf_swevent_set_period (event *+perf_event)u64
func perf_swevent_start (event *+perf_event,flags int).
func perf_swevent_stop (event *+perf_event,flags int).
func perf_tp_event (event_type u16,count u64,record *.,entry_size int,regs *+pt_regs,head *+hlist_head,rctx int,task *+task_struct).
func perf_tp_event_match (event *+perf_event,raw *+perf_raw_record,regs *+pt_regs)int
func perf_trace_ack_update_msk (__data *.,data_ack u64,old_snd_una u64,new_snd_una u64,new_wnd_end u64,msk_wnd_end u64).
func perf_trace_add (p_event *+perf_event,flags int)int
func perf_trace_alarm_class (__data *.,alarm *+alarm,now ktime_t).
func perf_trace_alloc_vmap_area (__data *.,addr long-unsigned-int,size long-unsigned-int,align long-unsigned-int,vstart long-unsigned-int,vend long-unsigned-int,failed int).
func perf_trace_amd_pstate_epp_perf (__data *.,cpu_id unsigned-int,highest_perf u8,epp u8,min_perf u8,max_perf u8,boost bool,changed bool).
func perf_trace_amd_pstate_perf (__data *.,min_perf u8,target_perf u8,capacity u8,freq u64,mperf u64,aperf u64,tsc u64,cpu_id unsigned-int,fast_switch bool).
func perf_trace_arm_event (__data *.,proc *!+cper_sec_proc_arm,pei_err *!u8,pei_len !u32,ctx_err *!u8,ctx_len !u32,oem *!u8,oem_len !u32,sev u8,cpu int).
func perf_trace_balance_dirty_pages (__data *.,wb *+bdi_writeback,dtc *+dirty_throttle_control,dirty_ratelimit long-unsigned-int,task_ratelimit long-unsigned-int,dirtied long-unsigned-int,period long-unsigned-int,pause long-int,start_time long-unsigned-int).
func perf_trace_bdi_dirty_ratelimit (__data *.,wb *+bdi_writeback,dirty_rate long-unsigned-int,task_ratelimit long-unsigned-int).
func perf_trace_blkdev_zone_mgmt (__data *.,bio *+bio,nr_sectors sector_t).
func perf_trace_block_bio (__data *.,bio *+bio).
func perf_trace_block_bio_complete (__data *.,q *+request_queue,bio *+bio).
func perf_trace_block_bio_remap (__data *.,bio *+bio,dev dev_t,from sector_t).
func perf_trace_block_buffer (__data *.,bh *+buffer_head).
func perf_trace_block_plug (__data *.,q *+request_queue).
func perf_trace_block_rq (__data *.,rq *+request).
func perf_trace_block_rq_completion (__data *.,rq *+request,error blk_status_t,nr_bytes unsigned-int).
func perf_trace_block_rq_remap (__data *.,rq *+request,dev dev_t,from sector_t).
func perf_trace_block_rq_requeue (__data *.,rq *+request).
func perf_trace_block_split (__data *.,bio *+bio,new_sector unsigned-int).
func perf_trace_block_unplug (__data *.,q *+request_queue,depth unsigned-int,explicit bool).
func perf_trace_block_zwplug (__data *.,q *+request_queue,zno unsigned-int,sector sector_t,nr_sectors unsigned-int).
func perf_trace_bpf_test_finish (__data *.,err *int).
func perf_trace_bpf_trace_printk (__data *.,bpf_string *!char).
func perf_trace_bpf_trigger_tp (__data *.,nonce int).
func perf_trace_bpf_xdp_link_attach_failed (__data *.,msg *!char).
func perf_trace_br_fdb_add (__data *.,ndm *+ndmsg,dev *+net_device,addr *!unsigned-char,vid u16,nlh_flags u16).
func perf_trace_br_fdb_external_learn_add (__data *.,br *+net_bridge,p *+net_bridge_port,addr *!unsigned-char,vid u16).
func perf_trace_br_fdb_update (__data *.,br *+net_bridge,source *+net_bridge_port,addr *!unsigned-char,vid u16,flags long-unsigned-int).
func perf_trace_br_mdb_full (__data *.,dev *!+net_device,group *!+br_ip).
func perf_trace_btrfs__inode (__data *.,inode *!+inode).
func perf_trace_btrfs__qgroup_rsv_data (__data *.,inode *!+inode,start u64,len u64,reserved u64,op int).
func perf_trace_btrfs__writepage (__data *.,folio *!+folio,inode *!+inode,wbc *!+writeback_control).
func perf_trace_btrfs_alloc_extent_state (__data *.,state *!+extent_state,mask gfp_t,IP long-unsigned-int).
func perf_trace_btrfs_clear_extent_bit (__data *.,tree *!+extent_io_tree,start u64,len u64,clear_bits unsigned-int).
func perf_trace_btrfs_convert_extent_bit (__data *.,tree *!+extent_io_tree,start u64,len u64,set_bits unsigned-int,clear_bits unsigned-int).
func perf_trace_btrfs_free_extent_state (__data *.,state *!+extent_state,IP long-unsigned-int).
func perf_trace_btrfs_locking_events (__data *.,eb *!+extent_buffer).
func perf_trace_btrfs_set_extent_bit (__data *.,tree *!+extent_io_tree,start u64,len u64,set_bits unsigned-int).
func perf_trace_btrfs_sleep_tree_lock (__data *.,eb *!+extent_buffer,start_ns u64).
func perf_trace_btrfs_sync_file (__data *.,file *!+file,datasync int).
func perf_trace_buf_alloc (size int,regs **+pt_regs,rctxp *int)*.
func perf_trace_buf_update (record *.,type u16).
func perf_trace_cap_capable (__data *.,cred *!+cred,target_ns *+user_namespace,capable_ns *!+user_namespace,cap int,ret int).
func perf_trace_cdev_update (__data *.,cdev *+thermal_cooling_device,target long-unsigned-int).
func perf_trace_cgroup (__data *.,cgrp *+cgroup,path *!char).
func perf_trace_cgroup_event (__data *.,cgrp *+cgroup,path *!char,val int).
func perf_trace_cgroup_migrate (__data *.,dst_cgrp *+cgroup,path *!char,task *+task_struct,threadgroup bool).
func perf_trace_cgroup_root (__data *.,root *+cgroup_root).
func perf_trace_cgroup_rstat (__data *.,cgrp *+cgroup,cpu int,contended bool).
func perf_trace_check_mmio_spte (__data *.,spte u64,kvm_gen unsigned-int,spte_gen unsigned-int).
func perf_trace_clk (__data *.,core *+clk_core).
func perf_trace_clk_duty_cycle (__data *.,core *+clk_core,duty *+clk_duty).
func perf_trace_clk_parent (__data *.,core *+clk_core,parent *+clk_core).
func perf_trace_clk_phase (__data *.,core *+clk_core,phase int).
func perf_trace_clk_rate (__data *.,core *+clk_core,rate long-unsigned-int).
func perf_trace_clk_rate_range (__data *.,core *+clk_core,min long-unsigned-int,max long-unsigned-int).
func perf_trace_clk_rate_request (__data *.,req *+clk_rate_request).
func perf_trace_compact_retry (__data *.,order int,priority &compact_priority,result &compact_result,retries int,max_retries int,ret bool).
func perf_trace_console (__data *.,text *!char,len size_t).
func perf_trace_consume_skb (__data *.,skb *+sk_buff,location *.).
func perf_trace_contention_begin (__data *.,lock *.,flags unsigned-int).
func perf_trace_contention_end (__data *.,lock *.,ret int).
func perf_trace_cpu (__data *.,state unsigned-int,cpu_id unsigned-int).
func perf_trace_cpu_frequency_limits (__data *.,policy *+cpufreq_policy).
func perf_trace_cpu_idle_miss (__data *.,cpu_id unsigned-int,state unsigned-int,below bool).
func perf_trace_cpu_latency_qos_request (__data *.,value s32).
func perf_trace_cpuhp_enter (__data *.,cpu unsigned-int,target int,idx int,fun *( unsigned-int)int).
func perf_trace_cpuhp_multi_enter (__data *.,cpu unsigned-int,target int,idx int,fun *( unsigned-int, *+hlist_node)int,node *+hlist_node).
func perf_trace_csd_function (__data *.,func smp_call_func_t,csd *call_single_data_t).
func perf_trace_csd_queue_cpu (__data *.,cpu !unsigned-int,callsite long-unsigned-int,func smp_call_func_t,csd *call_single_data_t).
func perf_trace_ctime (__data *.,inode *+inode,ctime *+timespec64).
func perf_trace_ctime_ns_xchg (__data *.,inode *+inode,old u32,new u32,cur u32).
func perf_trace_damon_aggregated (__data *.,target_id unsigned-int,r *+damon_region,nr_regions unsigned-int).
func perf_trace_damon_monitor_intervals_tune (__data *.,sample_us long-unsigned-int).
func perf_trace_damos_before_apply (__data *.,context_idx unsigned-int,scheme_idx unsigned-int,target_idx unsigned-int,r *+damon_region,nr_regions unsigned-int,do_trace bool).
func perf_trace_damos_esz (__data *.,context_idx unsigned-int,scheme_idx unsigned-int,esz long-unsigned-int).
func perf_trace_dax_pmd_fault_class (__data *.,inode *+inode,vmf *+vm_fault,max_pgoff long-unsigned-int,result int).
func perf_trace_dax_pmd_load_hole_class (__data *.,inode *+inode,vmf *+vm_fault,zero_folio *+folio,radix_entry *.).
func perf_trace_dax_pte_fault_class (__data *.,inode *+inode,vmf *+vm_fault,result int).
func perf_trace_dax_writeback_one (__data *.,inode *+inode,pgoff long-unsigned-int,pglen long-unsigned-int).
func perf_trace_dax_writeback_range_class (__data *.,inode *+inode,start_index long-unsigned-int,end_index long-unsigned-int).
func perf_trace_del (p_event *+perf_event,flags int).
func perf_trace_destroy (p_event *+perf_event).
func perf_trace_dev_pm_qos_request (__data *.,name *!char,type &dev_pm_qos_req_type,new_value s32).
func perf_trace_devres (__data *.,dev *+device,op *!char,node *.,name *!char,size size_t).
func perf_trace_dma_alloc_class (__data *.,dev *+device,virt_addr *.,dma_addr dma_addr_t,size size_t,dir &dma_data_direction,flags gfp_t,attrs long-unsigned-int).
func perf_trace_dma_alloc_sgt (__data *.,dev *+device,sgt *+sg_table,size size_t,dir &dma_data_direction,flags gfp_t,attrs long-unsigned-int).
func perf_trace_dma_fence (__data *.,fence *+dma_fence).
func perf_trace_dma_fence_unsignaled (__data *.,fence *+dma_fence).
func perf_trace_dma_free_class (__data *.,dev *+device,virt_addr *.,dma_addr dma_addr_t,size size_t,dir &dma_data_direction,attrs long-unsigned-int).
func perf_trace_dma_free_sgt (__data *.,dev *+device,sgt *+sg_table,size size_t,dir &dma_data_direction).
func perf_trace_dma_map (__data *.,dev *+device,phys_addr phys_addr_t,dma_addr dma_addr_t,size size_t,dir &dma_data_direction,attrs long-unsigned-int).
func perf_trace_dma_map_sg (__data *.,dev *+device,sgl *+scatterlist,nents int,ents int,dir &dma_data_direction,attrs long-unsigned-int).
func perf_trace_dma_map_sg_err (__data *.,dev *+device,sgl *+scatterlist,nents int,err int,dir &dma_data_direction,attrs long-unsigned-int).
func perf_trace_dma_sync_sg (__data *.,dev *+device,sgl *+scatterlist,nents int,dir &dma_data_direction).
func perf_trace_dma_sync_single (__data *.,dev *+device,dma_addr dma_addr_t,size size_t,dir &dma_data_direction).
func perf_trace_dma_unmap (__data *.,dev *+device,addr dma_addr_t,size size_t,dir &dma_data_direction,attrs long-unsigned-int).
func perf_trace_dma_unmap_sg (__data *.,dev *+device,sgl *+scatterlist,nents int,dir &dma_data_direction,attrs long-unsigned-int).
func perf_trace_dql_stall_detected (__data *.,thrs short-unsigned-int,len unsigned-int,last_reap long-unsigned-int,hist_head long-unsigned-int,now long-unsigned-int,hist *long-unsigned-int).
func perf_trace_emulate_vsyscall (__data *.,nr int).
func perf_trace_erofs_fill_inode (__data *.,inode *+inode).
func perf_trace_erofs_lookup (__data *.,dir *+inode,dentry *+dentry,flags unsigned-int).
func perf_trace_erofs_read_folio (__data *.,folio *+folio,raw bool).
func perf_trace_erofs_readahead (__data *.,inode *+inode,start long-unsigned-int,nrpage unsigned-int,raw bool).
func perf_trace_error_report_template (__data *.,error_detector &error_detector,id long-unsigned-int).
func perf_trace_event_unreg (p_event *+perf_event).
func perf_trace_exceptions (__data *.,address long-unsigned-int,regs *+pt_regs,error_code long-unsigned-int).
func perf_trace_exit_mmap (__data *.,mm *+mm_struct).
func perf_trace_ext4__bitmap_load (__data *.,sb *+super_block,group long-unsigned-int).
func perf_trace_ext4__es_extent (__data *.,inode *+inode,es *+extent_status).
func perf_trace_ext4__es_shrink_enter (__data *.,sb *+super_block,nr_to_scan int,cache_cnt int).
func perf_trace_ext4__fallocate_mode (__data *.,inode *+inode,offset loff_t,len loff_t,mode int).
func perf_trace_ext4__folio_op (__data *.,inode *+inode,folio *+folio).
func perf_trace_ext4__map_blocks_enter (__data *.,inode *+inode,lblk ext4_lblk_t,len unsigned-int,flags unsigned-int).
func perf_trace_ext4__mb_new_pa (__data *.,ac *+ext4_allocation_context,pa *+ext4_prealloc_space).
func perf_trace_ext4__mballoc (__data *.,sb *+super_block,inode *+inode,group ext4_group_t,start ext4_grpblk_t,len ext4_grpblk_t).
func perf_trace_ext4__trim (__data *.,sb *+super_block,group ext4_group_t,start ext4_grpblk_t,len ext4_grpblk_t).
func perf_trace_ext4__truncate (__data *.,inode *+inode).
func perf_trace_ext4__write_begin (__data *.,inode *+inode,pos loff_t,len unsigned-int).
func perf_trace_ext4__write_end (__data *.,inode *+inode,pos loff_t,len unsigned-int,copied unsigned-int).
func perf_trace_ext4_alloc_da_blocks (__data *.,inode *+inode).
func perf_trace_ext4_allocate_blocks (__data *.,ar *+ext4_allocation_request,block long-long-unsigned-int).
func perf_trace_ext4_allocate_inode (__data *.,inode *+inode,dir *+inode,mode int).
func perf_trace_ext4_begin_ordered_truncate (__data *.,inode *+inode,new_size loff_t).
func perf_trace_ext4_collapse_range (__data *.,inode *+inode,offset loff_t,len loff_t).
func perf_trace_ext4_da_release_space (__data *.,inode *+inode,freed_blocks int).
func perf_trace_ext4_da_reserve_space (__data *.,inode *+inode,nr_resv int).
func perf_trace_ext4_da_update_reserve_space (__data *.,inode *+inode,used_blocks int,quota_claim int).
func perf_trace_ext4_da_write_folios_end (__data *.,inode *+inode,start_pos loff_t,next_pos loff_t,wbc *+writeback_control,ret int).
func perf_trace_ext4_da_write_folios_start (__data *.,inode *+inode,start_pos loff_t,next_pos loff_t,wbc *+writeback_control).
func perf_trace_ext4_da_write_pages_extent (__data *.,inode *+inode,map *+ext4_map_blocks).
func perf_trace_ext4_discard_blocks (__data *.,sb *+super_block,blk long-long-unsigned-int,count long-long-unsigned-int).
func perf_trace_ext4_discard_preallocations (__data *.,inode *+inode,len unsigned-int).
func perf_trace_ext4_drop_inode (__data *.,inode *+inode,drop int).
func perf_trace_ext4_error (__data *.,sb *+super_block,function *!char,line unsigned-int).
func perf_trace_ext4_es_find_extent_range_enter (__data *.,inode *+inode,lblk ext4_lblk_t).
func perf_trace_ext4_es_insert_delayed_extent (__data *.,inode *+inode,es *+extent_status,lclu_allocated bool,end_allocated bool).
func perf_trace_ext4_es_lookup_extent_enter (__data *.,inode *+inode,lblk ext4_lblk_t).
func perf_trace_ext4_es_remove_extent (__data *.,inode *+inode,lblk ext4_lblk_t,len ext4_lblk_t).
func perf_trace_ext4_es_shrink (__data *.,sb *+super_block,nr_shrunk int,scan_time u64,nr_skipped int,retried int).
func perf_trace_ext4_evict_inode (__data *.,inode *+inode).
func perf_trace_ext4_ext_convert_to_initialized_enter (__data *.,inode *+inode,map *+ext4_map_blocks,ux *+ext4_extent).
func perf_trace_ext4_ext_convert_to_initialized_fastpath (__data *.,inode *+inode,map *+ext4_map_blocks,ux *+ext4_extent,ix *+ext4_extent).
func perf_trace_ext4_ext_handle_unwritten_extents (__data *.,inode *+inode,map *+ext4_map_blocks,flags int,allocated unsigned-int,newblock ext4_fsblk_t).
func perf_trace_ext4_ext_load_extent (__data *.,inode *+inode,lblk ext4_lblk_t,pblk ext4_fsblk_t).
func perf_trace_ext4_ext_remove_space (__data *.,inode *+inode,start ext4_lblk_t,end ext4_lblk_t,depth int).
func perf_trace_ext4_ext_remove_space_done (__data *.,inode *+inode,start ext4_lblk_t,end ext4_lblk_t,depth int,pc *+partial_cluster,eh_entries __le16).
func perf_trace_ext4_ext_rm_idx (__data *.,inode *+inode,pblk ext4_fsblk_t).
func perf_trace_ext4_ext_rm_leaf (__data *.,inode *+inode,start ext4_lblk_t,ex *+ext4_extent,pc *+partial_cluster).
func perf_trace_ext4_ext_show_extent (__data *.,inode *+inode,lblk ext4_lblk_t,pblk ext4_fsblk_t,len short-unsigned-int).
func perf_trace_ext4_fc_cleanup (__data *.,journal *journal_t,full int,tid tid_t).
func perf_trace_ext4_fc_commit_start (__data *.,sb *+super_block,commit_tid tid_t).
func perf_trace_ext4_fc_commit_stop (__data *.,sb *+super_block,nblks int,reason int,commit_tid tid_t).
func perf_trace_ext4_fc_replay (__data *.,sb *+super_block,tag int,ino int,priv1 int,priv2 int).
func perf_trace_ext4_fc_replay_scan (__data *.,sb *+super_block,error int,off int).
func perf_trace_ext4_fc_stats (__data *.,sb *+super_block).
func perf_trace_ext4_fc_track_dentry (__data *.,handle *handle_t,inode *+inode,dentry *+dentry,ret int).
func perf_trace_ext4_fc_track_inode (__data *.,handle *handle_t,inode *+inode,ret int).
func perf_trace_ext4_fc_track_range (__data *.,handle *handle_t,inode *+inode,start long-int,end long-int,ret int).
func perf_trace_ext4_forget (__data *.,inode *+inode,is_metadata int,block __u64).
func perf_trace_ext4_free_blocks (__data *.,inode *+inode,block __u64,count long-unsigned-int,flags int).
func perf_trace_ext4_free_inode (__data *.,inode *+inode).
func perf_trace_ext4_fsmap_class (__data *.,sb *+super_block,keydev u32,agno u32,bno u64,len u64,owner u64).
func perf_trace_ext4_getfsmap_class (__data *.,sb *+super_block,fsmap *+ext4_fsmap).
func perf_trace_ext4_insert_range (__data *.,inode *+inode,offset loff_t,len loff_t).
func perf_trace_ext4_invalidate_folio_op (__data *.,folio *+folio,offset size_t,length size_t).
func perf_trace_ext4_journal_start_inode (__data *.,inode *+inode,blocks int,rsv_blocks int,revoke_creds int,type int,IP long-unsigned-int).
func perf_trace_ext4_journal_start_reserved (__data *.,sb *+super_block,blocks int,IP long-unsigned-int).
func perf_trace_ext4_journal_start_sb (__data *.,sb *+super_block,blocks int,rsv_blocks int,revoke_creds int,type int,IP long-unsigned-int).
func perf_trace_ext4_load_inode (__data *.,sb *+super_block,ino long-unsigned-int).
func perf_trace_ext4_mark_inode_dirty (__data *.,inode *+inode,IP long-unsigned-int).
func perf_trace_ext4_mb_discard_preallocations (__data *.,sb *+super_block,needed int).
func perf_trace_ext4_mb_release_group_pa (__data *.,sb *+super_block,pa *+ext4_prealloc_space).
func perf_trace_ext4_mb_release_inode_pa (__data *.,pa *+ext4_prealloc_space,block long-long-unsigned-int,count unsigned-int).
func perf_trace_ext4_mballoc_alloc (__data *.,ac *+ext4_allocation_context).
func perf_trace_ext4_mballoc_prealloc (__data *.,ac *+ext4_allocation_context).
func perf_trace_ext4_nfs_commit_metadata (__data *.,inode *+inode).
func perf_trace_ext4_other_inode_update_time (__data *.,inode *+inode,orig_ino ino_t).
func perf_trace_ext4_prefetch_bitmaps (__data *.,sb *+super_block,group ext4_group_t,next ext4_group_t,prefetch_ios unsigned-int).
func perf_trace_ext4_read_block_bitmap_load (__data *.,sb *+super_block,group long-unsigned-int,prefetch bool).
func perf_trace_ext4_remove_blocks (__data *.,inode *+inode,ex *+ext4_extent,from ext4_lblk_t,to ext4_fsblk_t,pc *+partial_cluster).
func perf_trace_ext4_request_blocks (__data *.,ar *+ext4_allocation_request).
func perf_trace_ext4_request_inode (__data *.,dir *+inode,mode int).
func perf_trace_ext4_shutdown (__data *.,sb *+super_block,flags long-unsigned-int).
func perf_trace_ext4_sync_file_enter (__data *.,file *+file,datasync int).
func perf_trace_ext4_sync_fs (__data *.,sb *+super_block,wait int).
func perf_trace_ext4_unlink_enter (__data *.,parent *+inode,dentry *+dentry).
func perf_trace_ext4_update_sb (__data *.,sb *+super_block,fsblk ext4_fsblk_t,flags unsigned-int).
func perf_trace_ext4_writepages (__data *.,inode *+inode,wbc *+writeback_control).
func perf_trace_ext4_writepages_result (__data *.,inode *+inode,wbc *+writeback_control,ret int,pages_written int).
func perf_trace_fdb_delete (__data *.,br *+net_bridge,f *+net_bridge_fdb_entry).
func perf_trace_fib6_table_lookup (__data *.,net *!+net,res *!+fib6_result,table *+fib6_table,flp *!+flowi6).
func perf_trace_fib_table_lookup (__data *.,tb_id u32,flp *!+flowi4,nhc *!+fib_nh_common,err int).
func perf_trace_file_check_and_advance_wb_err (__data *.,file *+file,old errseq_t).
func perf_trace_filelock_lease (__data *.,inode *+inode,fl *+file_lease).
func perf_trace_filelock_lock (__data *.,inode *+inode,fl *+file_lock,ret int).
func perf_trace_filemap_set_wb_err (__data *.,mapping *+address_space,eseq errseq_t).
func perf_trace_fill_mg_cmtime (__data *.,inode *+inode,ctime *+timespec64,mtime *+timespec64).
func perf_trace_finish_task_reaping (__data *.,pid int).
func perf_trace_flush_foreign (__data *.,wb *+bdi_writeback,frn_bdi_id unsigned-int,frn_memcg_id unsigned-int).
func perf_trace_free_vmap_area_noflush (__data *.,va_start long-unsigned-int,nr_lazy long-unsigned-int,nr_lazy_max long-unsigned-int).
func perf_trace_fuse_request_end (__data *.,req *!+fuse_req).
func perf_trace_fuse_request_send (__data *.,req *!+fuse_req).
func perf_trace_generic_add_lease (__data *.,inode *+inode,fl *+file_lease).
func perf_trace_global_dirty_state (__data *.,background_thresh long-unsigned-int,dirty_thresh long-unsigned-int).
func perf_trace_guest_halt_poll_ns (__data *.,grow bool,new unsigned-int,old unsigned-int).
func perf_trace_handle_mmio_page_fault (__data *.,addr u64,gfn gfn_t,access unsigned-int).
func perf_trace_hrtimer_class (__data *.,hrtimer *+hrtimer).
func perf_trace_hrtimer_expire_entry (__data *.,hrtimer *+hrtimer,now *ktime_t).
func perf_trace_hrtimer_start (__data *.,hrtimer *+hrtimer,mode &hrtimer_mode,was_armed bool).
func perf_trace_hugetlbfs__inode (__data *.,inode *+inode).
func perf_trace_hugetlbfs_alloc_inode (__data *.,inode *+inode,dir *+inode,mode int).
func perf_trace_hugetlbfs_fallocate (__data *.,inode *+inode,mode int,offset loff_t,len loff_t,ret int).
func perf_trace_hugetlbfs_setattr (__data *.,inode *+inode,dentry *+dentry,attr *+iattr).
func perf_trace_icmp_send (__data *.,skb *!+sk_buff,type int,code int).
func perf_trace_inet_sk_error_report (__data *.,sk *!+sock).
func perf_trace_inet_sock_set_state (__data *.,sk *!+sock,oldstate !int,newstate !int).
func perf_trace_initcall_finish (__data *.,func initcall_t,ret int).
func perf_trace_initcall_level (__data *.,level *!char).
func perf_trace_initcall_start (__data *.,func initcall_t).
func perf_trace_inode_foreign_history (__data *.,inode *+inode,wbc *+writeback_control,history unsigned-int).
func perf_trace_inode_switch_wbs (__data *.,inode *+inode,old_wb *+bdi_writeback,new_wb *+bdi_writeback).
func perf_trace_inode_switch_wbs_queue (__data *.,old_wb *+bdi_writeback,new_wb *+bdi_writeback,count unsigned-int).
func perf_trace_io_uring_complete (__data *.,ctx *+io_ring_ctx,req *.,cqe *+io_uring_cqe).
func perf_trace_io_uring_cqe_overflow (__data *.,ctx *.,user_data long-long-unsigned-int,res s32,cflags u32,ocqe *.).
func perf_trace_io_uring_cqring_wait (__data *.,ctx *.,min_events int).
func perf_trace_io_uring_create (__data *.,fd int,ctx *.,sq_entries u32,cq_entries u32,flags u32).
func perf_trace_io_uring_defer (__data *.,req *+io_kiocb).
func perf_trace_io_uring_fail_link (__data *.,req *+io_kiocb,link *+io_kiocb).
func perf_trace_io_uring_file_get (__data *.,req *+io_kiocb,fd int).
func perf_trace_io_uring_link (__data *.,req *+io_kiocb,target_req *+io_kiocb).
func perf_trace_io_uring_local_work_run (__data *.,ctx *.,count int,loops unsigned-int).
func perf_trace_io_uring_poll_arm (__data *.,req *+io_kiocb,mask int,events int).
func perf_trace_io_uring_queue_async_work (__data *.,req *+io_kiocb,rw int).
func perf_trace_io_uring_req_failed (__data *.,sqe *!+io_uring_sqe,req *+io_kiocb,error int).
func perf_trace_io_uring_short_write (__data *.,ctx *.,fpos u64,wanted u64,got u64).
func perf_trace_io_uring_submit_req (__data *.,req *+io_kiocb).
func perf_trace_io_uring_task_add (__data *.,req *+io_kiocb,mask int).
func perf_trace_io_uring_task_work_run (__data *.,tctx *.,count unsigned-int).
func perf_trace_iocg_inuse_update (__data *.,iocg *+ioc_gq,path *!char,now *+ioc_now,old_inuse u32,new_inuse u32,old_hw_inuse u64,new_hw_inuse u64).
func perf_trace_iocost_ioc_vrate_adj (__data *.,ioc *+ioc,new_vrate u64,missed_ppm *u32,rq_wait_pct u32,nr_lagging int,nr_shortages int).
func perf_trace_iocost_iocg_forgive_debt (__data *.,iocg *+ioc_gq,path *!char,now *+ioc_now,usage_pct u32,old_debt u64,new_debt u64,old_delay u64,new_delay u64).
func perf_trace_iocost_iocg_state (__data *.,iocg *+ioc_gq,path *!char,now *+ioc_now,last_period u64,cur_period u64,vtime u64).
func perf_trace_iomap_add_to_ioend (__data *.,inode *+inode,pos u64,dirty_len unsigned-int,iomap *+iomap).
func perf_trace_iomap_class (__data *.,inode *+inode,iomap *+iomap).
func perf_trace_iomap_dio_complete (__data *.,iocb *+kiocb,error int,ret ssize_t).
func perf_trace_iomap_dio_rw_begin (__data *.,iocb *+kiocb,iter *+iov_iter,dio_flags unsigned-int,done_before size_t).
func perf_trace_iomap_iter (__data *.,iter *+iomap_iter,ops *!.,caller long-unsigned-int).
func perf_trace_iomap_range_class (__data *.,inode *+inode,off loff_t,len u64).
func perf_trace_iomap_readpage_class (__data *.,inode *+inode,nr_pages int).
func perf_trace_iommu_device_event (__data *.,dev *+device).
func perf_trace_iommu_error (__data *.,dev *+device,iova long-unsigned-int,flags int).
func perf_trace_iommu_group_event (__data *.,group_id int,dev *+device).
func perf_trace_ipi_send_cpu (__data *.,cpu !unsigned-int,callsite long-unsigned-int,callback *.).
func perf_trace_ipi_send_cpumask (__data *.,cpumask *!+cpumask,callsite long-unsigned-int,callback *.).
func perf_trace_irq_handler_entry (__data *.,irq int,action *+irqaction).
func perf_trace_irq_matrix_cpu (__data *.,bit int,cpu unsigned-int,matrix *+irq_matrix,cmap *+cpumap).
func perf_trace_irq_matrix_global (__data *.,matrix *+irq_matrix).
func perf_trace_irq_matrix_global_update (__data *.,bit int,matrix *+irq_matrix).
func perf_trace_itimer_expire (__data *.,which int,pid *+pid,now long-long-unsigned-int).
func perf_trace_itimer_state (__data *.,which int,value !*!+itimerspec64,expires long-long-unsigned-int).
func perf_trace_jbd2_checkpoint (__data *.,journal *journal_t,result int).
func perf_trace_jbd2_checkpoint_stats (__data *.,dev dev_t,tid tid_t,stats *+transaction_chp_stats_s).
func perf_trace_jbd2_commit (__data *.,journal *journal_t,commit_transaction *transaction_t).
func perf_trace_jbd2_end_commit (__data *.,journal *journal_t,commit_transaction *transaction_t).
func perf_trace_jbd2_handle_extend (__data *.,dev dev_t,tid tid_t,type unsigned-int,line_no unsigned-int,buffer_credits int,requested_blocks int).
func perf_trace_jbd2_handle_start_class (__data *.,dev dev_t,tid tid_t,type unsigned-int,line_no unsigned-int,requested_blocks int).
func perf_trace_jbd2_handle_stats (__data *.,dev dev_t,tid tid_t,type unsigned-int,line_no unsigned-int,interval int,sync int,requested_blocks int,dirtied_blocks int).
func perf_trace_jbd2_journal_shrink (__data *.,journal *journal_t,nr_to_scan long-unsigned-int,count long-unsigned-int).
func perf_trace_jbd2_lock_buffer_stall (__data *.,dev dev_t,stall_ms long-unsigned-int).
func perf_trace_jbd2_run_stats (__data *.,dev dev_t,tid tid_t,stats *+transaction_run_stats_s).
func perf_trace_jbd2_shrink_checkpoint_list (__data *.,journal *journal_t,first_tid tid_t,tid tid_t,last_tid tid_t,nr_freed long-unsigned-int,next_tid tid_t).
func perf_trace_jbd2_submit_inode_data (__data *.,inode *+inode).
func perf_trace_jbd2_update_log_tail (__data *.,journal *journal_t,first_tid tid_t,block_nr long-unsigned-int,freed long-unsigned-int).
func perf_trace_jbd2_write_superblock (__data *.,journal *journal_t,write_flags blk_opf_t).
func perf_trace_kcompactd_wake_template (__data *.,nid int,order int,highest_zoneidx &zone_type).
func perf_trace_kfree (__data *.,call_site long-unsigned-int,ptr *!.).
func perf_trace_kfree_skb (__data *.,skb *+sk_buff,location *.,reason &skb_drop_reason,rx_sk *+sock).
func perf_trace_kmalloc (__data *.,call_site long-unsigned-int,ptr *!.,bytes_req size_t,bytes_alloc size_t,gfp_flags gfp_t,node int).
func perf_trace_kmem_cache_alloc (__data *.,call_site long-unsigned-int,ptr *!.,s *+kmem_cache,gfp_flags gfp_t,node int).
func perf_trace_kmem_cache_free (__data *.,call_site long-unsigned-int,ptr *!.,s *!+kmem_cache).
func perf_trace_ksm_advisor (__data *.,scan_time s64,pages_to_scan long-unsigned-int,cpu_percent unsigned-int).
func perf_trace_ksm_enter_exit_template (__data *.,mm *.).
func perf_trace_ksm_merge_one_page (__data *.,pfn long-unsigned-int,rmap_item *.,mm *.,err int).
func perf_trace_ksm_merge_with_ksm_page (__data *.,ksm_page *.,pfn long-unsigned-int,rmap_item *.,mm *.,err int).
func perf_trace_ksm_remove_ksm_page (__data *.,pfn long-unsigned-int).
func perf_trace_ksm_remove_rmap_item (__data *.,pfn long-unsigned-int,rmap_item *.,mm *.).
func perf_trace_ksm_scan_template (__data *.,seq int,rmap_entries u32).
func perf_trace_kvm_ack_irq (__data *.,irqchip unsigned-int,pin unsigned-int).
func perf_trace_kvm_age_hva (__data *.,start long-unsigned-int,end long-unsigned-int).
func perf_trace_kvm_apic (__data *.,rw unsigned-int,reg unsigned-int,val u64).
func perf_trace_kvm_apic_accept_irq (__data *.,apicid __u32,dm __u16,tm __u16,vec __u8).
func perf_trace_kvm_apic_ipi (__data *.,icr_low __u32,dest_id __u32).
func perf_trace_kvm_apicv_accept_irq (__data *.,apicid __u32,dm __u16,tm __u16,vec __u8).
func perf_trace_kvm_apicv_inhibit_changed (__data *.,reason int,set bool,inhibits long-unsigned-int).
func perf_trace_kvm_async_get_page_class (__data *.,gva u64,gfn u64).
func perf_trace_kvm_async_pf_completed (__data *.,address long-unsigned-int,gva u64).
func perf_trace_kvm_async_pf_nopresent_ready (__data *.,token u64,gva u64).
func perf_trace_kvm_avic_doorbell (__data *.,vcpuid u32,apicid u32).
func perf_trace_kvm_avic_ga_log (__data *.,vmid u32,vcpuid u32).
func perf_trace_kvm_avic_incomplete_ipi (__data *.,vcpu u32,icrh u32,icrl u32,id u32,index u32).
func perf_trace_kvm_avic_kick_vcpu_slowpath (__data *.,icrh u32,icrl u32,index u32).
func perf_trace_kvm_avic_unaccelerated_access (__data *.,vcpu u32,offset u32,ft bool,rw bool,vec u32).
func perf_trace_kvm_cpuid (__data *.,function unsigned-int,index unsigned-int,rax long-unsigned-int,rbx long-unsigned-int,rcx long-unsigned-int,rdx long-unsigned-int,found bool,used_max_basic bool).
func perf_trace_kvm_cr (__data *.,rw unsigned-int,cr unsigned-int,val long-unsigned-int).
func perf_trace_kvm_fast_mmio (__data *.,gpa u64).
func perf_trace_kvm_fpu (__data *.,load int).
func perf_trace_kvm_halt_poll_ns (__data *.,grow bool,vcpu_id unsigned-int,new unsigned-int,old unsigned-int).
func perf_trace_kvm_hv_flush_tlb (__data *.,processor_mask u64,address_space u64,flags u64,guest_mode bool).
func perf_trace_kvm_hv_flush_tlb_ex (__data *.,valid_bank_mask u64,format u64,address_space u64,flags u64,guest_mode bool).
func perf_trace_kvm_hv_hypercall (__data *.,code __u16,fast bool,var_cnt __u16,rep_cnt __u16,rep_idx __u16,ingpa __u64,outgpa __u64).
func perf_trace_kvm_hv_hypercall_done (__data *.,result u64).
func perf_trace_kvm_hv_notify_acked_sint (__data *.,vcpu_id int,sint u32).
func perf_trace_kvm_hv_send_ipi (__data *.,vector u32,processor_mask u64).
func perf_trace_kvm_hv_send_ipi_ex (__data *.,vector u32,format u64,valid_bank_mask u64).
func perf_trace_kvm_hv_stimer_callback (__data *.,vcpu_id int,timer_index int).
func perf_trace_kvm_hv_stimer_cleanup (__data *.,vcpu_id int,timer_index int).
func perf_trace_kvm_hv_stimer_expiration (__data *.,vcpu_id int,timer_index int,direct int,msg_send_result int).
func perf_trace_kvm_hv_stimer_set_config (__data *.,vcpu_id int,timer_index int,config u64,host bool).
func perf_trace_kvm_hv_stimer_set_count (__data *.,vcpu_id int,timer_index int,count u64,host bool).
func perf_trace_kvm_hv_stimer_start_one_shot (__data *.,vcpu_id int,timer_index int,time_now u64,count u64).
func perf_trace_kvm_hv_stimer_start_periodic (__data *.,vcpu_id int,timer_index int,time_now u64,exp_time u64).
func perf_trace_kvm_hv_syndbg_get_msr (__data *.,vcpu_id int,vp_index u32,msr u32,data u64).
func perf_trace_kvm_hv_syndbg_set_msr (__data *.,vcpu_id int,vp_index u32,msr u32,data u64).
func perf_trace_kvm_hv_synic_send_eoi (__data *.,vcpu_id int,vector int).
func perf_trace_kvm_hv_synic_set_irq (__data *.,vcpu_id int,sint u32,vector int,ret int).
func perf_trace_kvm_hv_synic_set_msr (__data *.,vcpu_id int,msr u32,data u64,host bool).
func perf_trace_kvm_hv_timer_state (__data *.,vcpu_id unsigned-int,hv_timer_in_use unsigned-int).
func perf_trace_kvm_hypercall (__data *.,nr long-unsigned-int,a0 long-unsigned-int,a1 long-unsigned-int,a2 long-unsigned-int,a3 long-unsigned-int).
func perf_trace_kvm_inj_exception (__data *.,exception unsigned-int,has_error bool,error_code unsigned-int,reinjected bool).
func perf_trace_kvm_inj_virq (__data *.,vector unsigned-int,soft bool,reinjected bool).
func perf_trace_kvm_invlpga (__data *.,rip __u64,asid unsigned-int,address u64).
func perf_trace_kvm_ioapic_delayed_eoi_inj (__data *.,e __u64).
func perf_trace_kvm_ioapic_set_irq (__data *.,e __u64,pin int,coalesced bool).
func perf_trace_kvm_mmio (__data *.,type int,len int,gpa u64,val *.).
func perf_trace_kvm_mmu_pagetable_walk (__data *.,addr u64,pferr u32).
func perf_trace_kvm_mmu_paging_element (__data *.,pte u64,level int).
func perf_trace_kvm_mmu_set_bit_class (__data *.,table_gfn long-unsigned-int,index unsigned-int,size unsigned-int).
func perf_trace_kvm_mmu_set_spte (__data *.,level int,gfn gfn_t,sptep *u64).
func perf_trace_kvm_mmu_split_huge_page (__data *.,gfn u64,spte u64,level int,errno int).
func perf_trace_kvm_mmu_walker_error (__data *.,pferr u32).
func perf_trace_kvm_mmu_zap_all_fast (__data *.,kvm *+kvm).
func perf_trace_kvm_msi_set_irq (__data *.,address __u64,data __u64).
func perf_trace_kvm_msr (__data *.,write unsigned-int,ecx u32,data u64,exception bool).
func perf_trace_kvm_nested_intercepts (__data *.,cr_read __u16,cr_write __u16,exceptions __u32,intercept1 __u32,intercept2 __u32,intercept3 __u32).
func perf_trace_kvm_nested_intr_vmexit (__data *.,rip __u64).
func perf_trace_kvm_nested_vmenter (__data *.,rip __u64,vmcb __u64,nested_rip __u64,int_ctl __u32,event_inj __u32,tdp_enabled bool,guest_tdp_pgd __u64,guest_cr3 __u64,isa __u32).
func perf_trace_kvm_nested_vmenter_failed (__data *.,msg *!char,err u32).
func perf_trace_kvm_nested_vmexit_inject (__data *.,exit_code __u32,exit_info1 __u64,exit_info2 __u64,exit_int_info __u32,exit_int_info_err __u32,isa __u32).
func perf_trace_kvm_pic_set_irq (__data *.,chip __u8,pin __u8,elcr __u8,imr __u8,coalesced bool).
func perf_trace_kvm_pio (__data *.,rw unsigned-int,port unsigned-int,size unsigned-int,count unsigned-int,data *!.).
func perf_trace_kvm_ple_window_update (__data *.,vcpu_id unsigned-int,new unsigned-int,old unsigned-int).
func perf_trace_kvm_pml_full (__data *.,vcpu_id unsigned-int).
func perf_trace_kvm_pv_tlb_flush (__data *.,vcpu_id unsigned-int,need_flush_tlb bool).
func perf_trace_kvm_pvclock_update (__data *.,vcpu_id unsigned-int,pvclock *+pvclock_vcpu_time_info).
func perf_trace_kvm_set_irq (__data *.,gsi unsigned-int,level int,irq_source_id int).
func perf_trace_kvm_skinit (__data *.,rip __u64,slb __u32).
func perf_trace_kvm_smm_transition (__data *.,vcpu_id unsigned-int,smbase u64,entering bool).
func perf_trace_kvm_tdp_mmu_spte_changed (__data *.,as_id int,gfn gfn_t,level int,old_spte u64,new_spte u64).
func perf_trace_kvm_test_age_hva (__data *.,hva long-unsigned-int).
func perf_trace_kvm_track_tsc (__data *.,vcpu_id unsigned-int,nr_matched unsigned-int,online_vcpus unsigned-int,use_master_clock bool,host_clock unsigned-int).
func perf_trace_kvm_unmap_hva_range (__data *.,start long-unsigned-int,end long-unsigned-int).
func perf_trace_kvm_update_master_clock (__data *.,use_master_clock bool,host_clock unsigned-int,offset_matched bool).
func perf_trace_kvm_vcpu_wakeup (__data *.,ns __u64,waited bool,valid bool).
func perf_trace_kvm_vmgexit_enter (__data *.,vcpu_id unsigned-int,ghcb *+ghcb).
func perf_trace_kvm_vmgexit_msr_protocol_enter (__data *.,vcpu_id unsigned-int,ghcb_gpa u64).
func perf_trace_kvm_wait_lapic_expire (__data *.,vcpu_id unsigned-int,delta s64).
func perf_trace_kvm_write_tsc_offset (__data *.,vcpu_id unsigned-int,previous_tsc_offset __u64,next_tsc_offset __u64).
func perf_trace_kvm_xen_hypercall (__data *.,cpl u8,nr long-unsigned-int,a0 long-unsigned-int,a1 long-unsigned-int,a2 long-unsigned-int,a3 long-unsigned-int,a4 long-unsigned-int,a5 long-unsigned-int).
func perf_trace_kyber_adjust (__data *.,dev dev_t,domain *!char,depth unsigned-int).
func perf_trace_kyber_latency (__data *.,dev dev_t,domain *!char,type *!char,percentile unsigned-int,numerator unsigned-int,denominator unsigned-int,samples unsigned-int).
func perf_trace_kyber_throttled (__data *.,dev dev_t,domain *!char).
func perf_trace_leases_conflict (__data *.,conflict bool,lease *+file_lease,breaker *+file_lease).
func perf_trace_locks_get_lock_context (__data *.,inode *+inode,type int,ctx *+file_lock_context).
func perf_trace_ma_op (__data *.,fn *!char,mas *+ma_state).
func perf_trace_ma_read (__data *.,fn *!char,mas *+ma_state).
func perf_trace_ma_write (__data *.,fn *!char,mas *+ma_state,piv long-unsigned-int,val *.).
func perf_trace_map (__data *.,iova long-unsigned-int,paddr phys_addr_t,size size_t).
func perf_trace_mark_mmio_spte (__data *.,sptep *u64,gfn gfn_t,spte u64).
func perf_trace_mark_victim (__data *.,task *+task_struct,uid uid_t).
func perf_trace_mc_event (__data *.,err_type !unsigned-int,error_msg *!char,label *!char,error_count !int,mc_index !u8,top_layer !s8,mid_layer !s8,low_layer !s8,address long-unsigned-int,grain_bits !u8,syndrome long-unsigned-int,driver_detail *!char).
func perf_trace_mei_pci_cfg_read (__data *.,dev *!+device,reg *!char,offs u32,val u32).
func perf_trace_mei_reg_read (__data *.,dev *!+device,reg *!char,offs u32,val u32).
func perf_trace_mei_reg_write (__data *.,dev *!+device,reg *!char,offs u32,val u32).
func perf_trace_mem_connect (__data *.,xa *!+xdp_mem_allocator,rxq *!+xdp_rxq_info).
func perf_trace_mem_disconnect (__data *.,xa *!+xdp_mem_allocator).
func perf_trace_memcg_flush_stats (__data *.,memcg *+mem_cgroup,stats_updates s64,force bool,needs_flush bool).
func perf_trace_memcg_rstat_events (__data *.,memcg *+mem_cgroup,item int,val long-unsigned-int).
func perf_trace_memcg_rstat_stats (__data *.,memcg *+mem_cgroup,item int,val int).
func perf_trace_migration_pmd (__data *.,addr long-unsigned-int,pmd long-unsigned-int).
func perf_trace_migration_pte (__data *.,addr long-unsigned-int,pte long-unsigned-int,order int).
func perf_trace_mm_calculate_totalreserve_pages (__data *.,totalreserve_pages long-unsigned-int).
func perf_trace_mm_collapse_huge_page (__data *.,mm *+mm_struct,isolated int,status int).
func perf_trace_mm_collapse_huge_page_isolate (__data *.,folio *+folio,none_or_zero int,referenced int,status int).
func perf_trace_mm_collapse_huge_page_swapin (__data *.,mm *+mm_struct,swapped_in int,referenced int,ret int).
func perf_trace_mm_compaction_begin (__data *.,cc *+compact_control,zone_start long-unsigned-int,zone_end long-unsigned-int,sync bool).
func perf_trace_mm_compaction_defer_template (__data *.,zone *+zone,order int).
func perf_trace_mm_compaction_end (__data *.,cc *+compact_control,zone_start long-unsigned-int,zone_end long-unsigned-int,sync bool,status int).
func perf_trace_mm_compaction_isolate_template (__data *.,start_pfn long-unsigned-int,end_pfn long-unsigned-int,nr_scanned long-unsigned-int,nr_taken long-unsigned-int).
func perf_trace_mm_compaction_kcompactd_sleep (__data *.,nid int).
func perf_trace_mm_compaction_migratepages (__data *.,nr_migratepages unsigned-int,nr_succeeded unsigned-int).
func perf_trace_mm_compaction_suitable_template (__data *.,zone *+zone,order int,ret int).
func perf_trace_mm_compaction_try_to_compact_pages (__data *.,order int,gfp_mask gfp_t,prio int).
func perf_trace_mm_filemap_fault (__data *.,mapping *+address_space,index long-unsigned-int).
func perf_trace_mm_filemap_op_page_cache (__data *.,folio *+folio).
func perf_trace_mm_filemap_op_page_cache_range (__data *.,mapping *+address_space,index long-unsigned-int,last_index long-unsigned-int).
func perf_trace_mm_khugepaged_collapse_file (__data *.,mm *+mm_struct,new_folio *+folio,index long-unsigned-int,addr long-unsigned-int,is_shmem bool,file *+file,nr int,result int).
func perf_trace_mm_khugepaged_scan_file (__data *.,mm *+mm_struct,folio *+folio,file *+file,present int,swap int,result int).
func perf_trace_mm_khugepaged_scan_pmd (__data *.,mm *+mm_struct,folio *+folio,referenced int,none_or_zero int,status int,unmapped int).
func perf_trace_mm_lru_activate (__data *.,folio *+folio).
func perf_trace_mm_lru_insertion (__data *.,folio *+folio).
func perf_trace_mm_migrate_pages (__data *.,succeeded long-unsigned-int,failed long-unsigned-int,thp_succeeded long-unsigned-int,thp_failed long-unsigned-int,thp_split long-unsigned-int,large_folio_split long-unsigned-int,mode &migrate_mode,reason int).
func perf_trace_mm_migrate_pages_start (__data *.,mode &migrate_mode,reason int).
func perf_trace_mm_page (__data *.,page *+page,order unsigned-int,migratetype int,percpu_refill int).
func perf_trace_mm_page_alloc (__data *.,page *+page,order unsigned-int,gfp_flags gfp_t,migratetype int).
func perf_trace_mm_page_alloc_extfrag (__data *.,page *+page,alloc_order int,fallback_order int,alloc_migratetype int,fallback_migratetype int).
func perf_trace_mm_page_free (__data *.,page *+page,order unsigned-int).
func perf_trace_mm_page_free_batched (__data *.,page *+page).
func perf_trace_mm_page_pcpu_drain (__data *.,page *+page,order unsigned-int,migratetype int).
func perf_trace_mm_setup_per_zone_lowmem_reserve (__data *.,zone *+zone,upper_zone *+zone,lowmem_reserve long-int).
func perf_trace_mm_setup_per_zone_wmarks (__data *.,zone *+zone).
func perf_trace_mm_shrink_slab_end (__data *.,shr *+shrinker,nid int,shrinker_retval int,unused_scan_cnt long-int,new_scan_cnt long-int,total_scan long-int).
func perf_trace_mm_shrink_slab_start (__data *.,shr *+shrinker,sc *+shrink_control,nr_objects_to_shrink long-int,cache_items long-unsigned-int,delta long-long-unsigned-int,total_scan long-unsigned-int,priority int).
func perf_trace_mm_vmscan_direct_reclaim_begin_template (__data *.,order int,gfp_flags gfp_t).
func perf_trace_mm_vmscan_direct_reclaim_end_template (__data *.,nr_reclaimed long-unsigned-int).
func perf_trace_mm_vmscan_kswapd_sleep (__data *.,nid int).
func perf_trace_mm_vmscan_kswapd_wake (__data *.,nid int,zid int,order int).
func perf_trace_mm_vmscan_lru_isolate (__data *.,highest_zoneidx int,order int,nr_requested long-unsigned-int,nr_scanned long-unsigned-int,nr_skipped long-unsigned-int,nr_taken long-unsigned-int,lru int).
func perf_trace_mm_vmscan_lru_shrink_active (__data *.,nid int,nr_taken long-unsigned-int,nr_active long-unsigned-int,nr_deactivated long-unsigned-int,nr_referenced long-unsigned-int,priority int,file int).
func perf_trace_mm_vmscan_lru_shrink_inactive (__data *.,nid int,nr_scanned long-unsigned-int,nr_reclaimed long-unsigned-int,stat *+reclaim_stat,priority int,file int).
func perf_trace_mm_vmscan_node_reclaim_begin (__data *.,nid int,order int,gfp_flags gfp_t).
func perf_trace_mm_vmscan_reclaim_pages (__data *.,nid int,nr_scanned long-unsigned-int,nr_reclaimed long-unsigned-int,stat *+reclaim_stat).
func perf_trace_mm_vmscan_throttled (__data *.,nid int,usec_timeout int,usec_delayed int,reason int).
func perf_trace_mm_vmscan_wakeup_kswapd (__data *.,nid int,zid int,order int,gfp_flags gfp_t).
func perf_trace_mm_vmscan_write_folio (__data *.,folio *+folio).
func perf_trace_mmap_lock (__data *.,mm *+mm_struct,write bool).
func perf_trace_mmap_lock_acquire_returned (__data *.,mm *+mm_struct,write bool,success bool).
func perf_trace_mptcp_dump_mpext (__data *.,mpext *+mptcp_ext).
func perf_trace_mptcp_subflow_get_send (__data *.,subflow *+mptcp_subflow_context).
func perf_trace_msr_trace_class (__data *.,msr unsigned-int,val u64,failed int).
func perf_trace_napi_poll (__data *.,napi *+napi_struct,work int,budget int).
func perf_trace_neigh__update (__data *.,n *+neighbour,err int).
func perf_trace_neigh_create (__data *.,tbl *+neigh_table,dev *+net_device,pkey *!.,n *!+neighbour,exempt_from_gc bool).
func perf_trace_neigh_update (__data *.,n *+neighbour,lladdr *!u8,new u8,flags u32,nlmsg_pid u32).
func perf_trace_net_dev_rx_exit_template (__data *.,ret int).
func perf_trace_net_dev_rx_verbose_template (__data *.,skb *!+sk_buff).
func perf_trace_net_dev_start_xmit (__data *.,skb *!+sk_buff,dev *!+net_device).
func perf_trace_net_dev_template (__data *.,skb *+sk_buff).
func perf_trace_net_dev_xmit (__data *.,skb *+sk_buff,rc int,dev *+net_device,skb_len unsigned-int).
func perf_trace_net_dev_xmit_timeout (__data *.,dev *+net_device,queue_index int).
func perf_trace_netlink_extack (__data *.,msg *!char).
func perf_trace_nmi_handler (__data *.,handler *.,delta_ns s64,handled int).
func perf_trace_non_standard_event (__data *.,sec_type *!guid_t,fru_id *!guid_t,fru_text *!char,sev !u8,err *!u8,len !u32).
func perf_trace_notifier_info (__data *.,cb *.).
func perf_trace_oom_score_adj_update (__data *.,task *+task_struct).
func perf_trace_page_cache_ra_op (__data *.,inode *+inode,index long-unsigned-int,ra *+file_ra_state,req_count long-unsigned-int).
func perf_trace_page_cache_ra_order (__data *.,inode *+inode,index long-unsigned-int,ra *+file_ra_state).
func perf_trace_page_cache_ra_unbounded (__data *.,inode *+inode,index long-unsigned-int,nr_to_read long-unsigned-int,lookahead_size long-unsigned-int).
func perf_trace_page_pool_release (__data *.,pool *!+page_pool,inflight s32,hold u32,release u32).
func perf_trace_page_pool_state_hold (__data *.,pool *!+page_pool,netmem netmem_ref,hold u32).
func perf_trace_page_pool_state_release (__data *.,pool *!+page_pool,netmem netmem_ref,release u32).
func perf_trace_page_pool_update_nid (__data *.,pool *!+page_pool,new_nid int).
func perf_trace_percpu_alloc_percpu (__data *.,call_site long-unsigned-int,reserved bool,is_atomic bool,size size_t,align size_t,base_addr *.,off int,ptr *.,bytes_alloc size_t,gfp_flags gfp_t).
func perf_trace_percpu_alloc_percpu_fail (__data *.,reserved bool,is_atomic bool,size size_t,align size_t).
func perf_trace_percpu_create_chunk (__data *.,base_addr *.).
func perf_trace_percpu_destroy_chunk (__data *.,base_addr *.).
func perf_trace_percpu_free_percpu (__data *.,base_addr *.,off int,ptr *.).
func perf_trace_pm_qos_update (__data *.,action &pm_qos_req_action,prev_value int,curr_value int).
func perf_trace_pstate_sample (__data *.,core_busy u32,scaled_busy u32,from u32,to u32,mperf u64,aperf u64,tsc u64,freq u32,io_boost u32).
func perf_trace_purge_vmap_area_lazy (__data *.,start long-unsigned-int,end long-unsigned-int,npurged unsigned-int).
func perf_trace_qdisc_create (__data *.,ops *!+Qdisc_ops,dev *+net_device,parent u32).
func perf_trace_qdisc_dequeue (__data *.,qdisc *+Qdisc,txq *!+netdev_queue,packets int,skb *+sk_buff).
func perf_trace_qdisc_destroy (__data *.,q *+Qdisc).
func perf_trace_qdisc_enqueue (__data *.,qdisc *+Qdisc,txq *!+netdev_queue,skb *+sk_buff).
func perf_trace_qdisc_reset (__data *.,q *+Qdisc).
func perf_trace_rcu_stall_warning (__data *.,rcuname *!char,msg *!char).
func perf_trace_rcu_utilization (__data *.,s *!char).
func perf_trace_reclaim_retry_zone (__data *.,zoneref *+zoneref,order int,reclaimable long-unsigned-int,available long-unsigned-int,min_wmark long-unsigned-int,no_progress_loops int,wmark_check bool).
func perf_trace_rpm_internal (__data *.,dev *+device,flags int).
func perf_trace_rpm_return_int (__data *.,dev *+device,ip long-unsigned-int,ret int).
func perf_trace_rpm_status (__data *.,dev *+device,status &rpm_status).
func perf_trace_rseq_ip_fixup (__data *.,regs_ip long-unsigned-int,start_ip long-unsigned-int,post_commit_offset long-unsigned-int,abort_ip long-unsigned-int).
func perf_trace_rseq_update (__data *.,t *+task_struct).
func perf_trace_rss_stat (__data *.,mm *+mm_struct,member int).
func perf_trace_run_bpf_submit (raw_data *.,size int,rctx int,call *+trace_event_call,count u64,regs *+pt_regs,head *+hlist_head,task *+task_struct).
func perf_trace_sched_kthread_stop (__data *.,t *+task_struct).
func perf_trace_sched_kthread_stop_ret (__data *.,ret int).
func perf_trace_sched_kthread_work_execute_end (__data *.,work *+kthread_work,function kthread_work_func_t).
func perf_trace_sched_kthread_work_execute_start (__data *.,work *+kthread_work).
func perf_trace_sched_kthread_work_queue_work (__data *.,worker *+kthread_worker,work *+kthread_work).
func perf_trace_sched_migrate_task (__data *.,p *+task_struct,dest_cpu int).
func perf_trace_sched_move_numa (__data *.,tsk *+task_struct,src_cpu int,dst_cpu int).
func perf_trace_sched_numa_pair_template (__data *.,src_tsk *+task_struct,src_cpu int,dst_tsk *+task_struct,dst_cpu int).
func perf_trace_sched_pi_setprio (__data *.,tsk *+task_struct,pi_task *+task_struct).
func perf_trace_sched_prepare_exec (__data *.,task *+task_struct,bprm *+linux_binprm).
func perf_trace_sched_process_exec (__data *.,p *+task_struct,old_pid pid_t,bprm *+linux_binprm).
func perf_trace_sched_process_fork (__data *.,parent *+task_struct,child *+task_struct).
func perf_trace_sched_process_hang (__data *.,tsk *+task_struct).
func perf_trace_sched_process_template (__data *.,p *+task_struct).
func perf_trace_sched_process_wait (__data *.,pid *+pid).
func perf_trace_sched_skip_cpuset_numa (__data *.,tsk *+task_struct,mem_allowed_ptr *nodemask_t).
func perf_trace_sched_skip_vma_numa (__data *.,mm *+mm_struct,vma *+vm_area_struct,reason &numa_vmaskip_reason).
func perf_trace_sched_stat_runtime (__data *.,tsk *+task_struct,runtime u64).
func perf_trace_sched_switch (__data *.,preempt bool,prev *+task_struct,next *+task_struct,prev_state unsigned-int).
func perf_trace_sched_wake_idle_without_ipi (__data *.,cpu int).
func perf_trace_sched_wakeup_template (__data *.,p *+task_struct).
func perf_trace_selinux_audited (__data *.,sad *+selinux_audit_data,scontext *char,tcontext *char,tclass *!char).
func perf_trace_signal_deliver (__data *.,sig int,info *+kernel_siginfo,ka *+k_sigaction).
func perf_trace_signal_generate (__data *.,sig int,info *+kernel_siginfo,task *+task_struct,group int,result int).
func perf_trace_sk_data_ready (__data *.,sk *!+sock).
func perf_trace_skb_copy_datagram_iovec (__data *.,skb *!+sk_buff,len int).
func perf_trace_skip_task_reaping (__data *.,pid int).
func perf_trace_sock_exceed_buf_limit (__data *.,sk *+sock,prot *+proto,allocated long-int,kind int).
func perf_trace_sock_msg_length (__data *.,sk *+sock,ret int,flags int).
func perf_trace_sock_rcvqueue_full (__data *.,sk *+sock,skb *+sk_buff).
func perf_trace_softirq (__data *.,vec_nr unsigned-int).
func perf_trace_start_task_reaping (__data *.,pid int).
func perf_trace_subflow_check_data_avail (__data *.,status __u8,skb *+sk_buff).
func perf_trace_suspend_resume (__data *.,action *!char,val int,start bool).
func perf_trace_swiotlb_bounced (__data *.,dev *+device,dev_addr dma_addr_t,size size_t).
func perf_trace_sys_enter (__data *.,regs *+pt_regs,id long-int).
func perf_trace_task_newtask (__data *.,task *+task_struct,clone_flags u64).
func perf_trace_task_prctl_unknown (__data *.,option int,arg2 long-unsigned-int,arg3 long-unsigned-int,arg4 long-unsigned-int,arg5 long-unsigned-int).
func perf_trace_task_rename (__data *.,task *+task_struct,comm *!char).
func perf_trace_tasklet (__data *.,t *+tasklet_struct,func *.).
func perf_trace_tcp_ao_event (__data *.,sk *!+sock,skb *!+sk_buff,keyid !__u8,rnext !__u8,maclen !__u8).
func perf_trace_tcp_cong_state_set (__data *.,sk *+sock,ca_state !u8).
func perf_trace_tcp_event_sk (__data *.,sk *+sock).
func perf_trace_tcp_event_skb (__data *.,skb *!+sk_buff).
func perf_trace_tcp_hash_event (__data *.,sk *!+sock,skb *!+sk_buff).
func perf_trace_tcp_probe (__data *.,sk *+sock,skb *!+sk_buff).
func perf_trace_tcp_rcvbuf_grow (__data *.,sk *+sock,time int).
func perf_trace_tcp_retransmit_skb (__data *.,sk *!+sock,skb *!+sk_buff,err int).
func perf_trace_tcp_retransmit_synack (__data *.,sk *!+sock,req *!+request_sock).
func perf_trace_tcp_send_reset (__data *.,sk *!+sock,skb__nullable *!+sk_buff,reason !&sk_rst_reason).
func perf_trace_tcp_sendmsg_locked (__data *.,sk *!+sock,msg *!+msghdr,skb *!+sk_buff,size_goal int).
func perf_trace_test_pages_isolated (__data *.,start_pfn long-unsigned-int,end_pfn long-unsigned-int,fin_pfn long-unsigned-int).
func perf_trace_thermal_temperature (__data *.,tz *+thermal_zone_device).
func perf_trace_thermal_zone_trip (__data *.,tz *+thermal_zone_device,trip int,trip_type &thermal_trip_type).
func perf_trace_tick_stop (__data *.,success int,dependency int).
func perf_trace_timer_base_idle (__data *.,is_idle bool,cpu unsigned-int).
func perf_trace_timer_class (__data *.,timer *+timer_list).
func perf_trace_timer_expire_entry (__data *.,timer *+timer_list,baseclk long-unsigned-int).
func perf_trace_timer_start (__data *.,timer *+timer_list,bucket_expiry long-unsigned-int).
func perf_trace_tlb_flush (__data *.,reason int,pages long-unsigned-int).
func perf_trace_tmigr_connect_child_parent (__data *.,child *+tmigr_group).
func perf_trace_tmigr_connect_cpu_parent (__data *.,tmc *+tmigr_cpu).
func perf_trace_tmigr_cpugroup (__data *.,tmc *+tmigr_cpu).
func perf_trace_tmigr_group_and_cpu (__data *.,group *+tmigr_group,state %tmigr_state,childmask u32).
func perf_trace_tmigr_group_set (__data *.,group *+tmigr_group).
func perf_trace_tmigr_handle_remote (__data *.,group *+tmigr_group).
func perf_trace_tmigr_idle (__data *.,tmc *+tmigr_cpu,nextevt u64).
func perf_trace_tmigr_update_events (__data *.,child *+tmigr_group,group *+tmigr_group,childstate %tmigr_state,groupstate %tmigr_state,nextevt u64).
func perf_trace_track_foreign_dirty (__data *.,folio *+folio,wb *+bdi_writeback).
func perf_trace_udp_fail_queue_rcv_skb (__data *.,rc int,sk *+sock,skb *+sk_buff).
func perf_trace_unmap (__data *.,iova long-unsigned-int,size size_t,unmapped_size size_t).
func perf_trace_vcpu_match_mmio (__data *.,gva gva_t,gpa gpa_t,write bool,gpa_match bool).
func perf_trace_vector_activate (__data *.,irq unsigned-int,is_managed bool,can_reserve bool,reserve bool).
func perf_trace_vector_alloc (__data *.,irq unsigned-int,vector unsigned-int,reserved bool,ret int).
func perf_trace_vector_alloc_managed (__data *.,irq unsigned-int,vector unsigned-int,ret int).
func perf_trace_vector_config (__data *.,irq unsigned-int,vector unsigned-int,cpu unsigned-int,apicdest unsigned-int).
func perf_trace_vector_free_moved (__data *.,irq unsigned-int,cpu unsigned-int,vector unsigned-int,is_managed bool).
func perf_trace_vector_mod (__data *.,irq unsigned-int,vector unsigned-int,cpu unsigned-int,prev_vector unsigned-int,prev_cpu unsigned-int).
func perf_trace_vector_reserve (__data *.,irq unsigned-int,ret int).
func perf_trace_vector_teardown (__data *.,irq unsigned-int,is_managed bool,has_reserved bool).
func perf_trace_virtio_transport_alloc_pkt (__data *.,src_cid __u32,src_port __u32,dst_cid __u32,dst_port __u32,len __u32,type __u16,op __u16,flags __u32,zcopy bool).
func perf_trace_virtio_transport_recv_pkt (__data *.,src_cid __u32,src_port __u32,dst_cid __u32,dst_port __u32,len __u32,type __u16,op __u16,flags __u32,buf_alloc __u32,fwd_cnt __u32).
func perf_trace_vm_unmapped_area (__data *.,addr long-unsigned-int,info *+vm_unmapped_area_info).
func perf_trace_wake_reaper (__data *.,pid int).
func perf_trace_wakeup_source (__data *.,name *!char,state unsigned-int).
func perf_trace_watchdog_set_timeout (__data *.,wdd *+watchdog_device,timeout unsigned-int,err int).
func perf_trace_watchdog_template (__data *.,wdd *+watchdog_device,err int).
func perf_trace_wbc_class (__data *.,wbc *+writeback_control,bdi *+backing_dev_info).
func perf_trace_wbt_lat (__data *.,bdi *+backing_dev_info,lat long-unsigned-int).
func perf_trace_wbt_stat (__data *.,bdi *+backing_dev_info,stat *+blk_rq_stat).
func perf_trace_wbt_step (__data *.,bdi *+backing_dev_info,msg *!char,step int,window long-unsigned-int,bg unsigned-int,normal unsigned-int,max unsigned-int).
func perf_trace_wbt_timer (__data *.,bdi *+backing_dev_info,status unsigned-int,step int,inflight unsigned-int).
func perf_trace_workqueue_activate_work (__data *.,work *+work_struct).
func perf_trace_workqueue_execute_end (__data *.,work *+work_struct,function work_func_t).
func perf_trace_workqueue_execute_start (__data *.,work *+work_struct).
func perf_trace_workqueue_queue_work (__data *.,req_cpu int,pwq *+pool_workqueue,work *+work_struct).
func perf_trace_writeback_class (__data *.,wb *+bdi_writeback).
func perf_trace_writeback_dirty_inode_template (__data *.,inode *+inode,flags int).
func perf_trace_writeback_folio_template (__data *.,folio *+folio,mapping *+address_space).
func perf_trace_writeback_inode_template (__data *.,inode *+inode).
func perf_trace_writeback_pages_written (__data *.,pages_written long-int).
func perf_trace_writeback_queue_io (__data *.,wb *+bdi_writeback,work *+wb_writeback_work,dirtied_before long-unsigned-int,moved int).
func perf_trace_writeback_sb_inodes_requeue (__data *.,inode *+inode).
func perf_trace_writeback_single_inode_template (__data *.,inode *+inode,wbc *+writeback_control,nr_to_write long-unsigned-int).
func perf_trace_writeback_work_class (__data *.,wb *+bdi_writeback,work *+wb_writeback_work).
func perf_trace_writeback_write_inode_template (__data *.,inode *+inode,wbc *+writeback_control).
func perf_trace_x86_fpu (__data *.,fpu *+fpu).
func perf_trace_x86_irq_vector (__data *.,vector int).
func perf_trace_xdp_bulk_tx (__data *.,dev *!+net_device,sent int,drops int,err int).
func perf_trace_xdp_cpumap_enqueue (__data *.,map_id int,processed unsigned-int,drops unsigned-int,to_cpu int).
func perf_trace_xdp_cpumap_kthread (__data *.,map_id int,processed unsigned-int,drops unsigned-int,sched int,xdp_stats *+xdp_cpumap_stats).
func perf_trace_xdp_devmap_xmit (__data *.,from_dev *!+net_device,to_dev *!+net_device,sent int,drops int,err int).
func perf_trace_xdp_exception (__data *.,dev *!+net_device,xdp *!+bpf_prog,act u32).
func perf_trace_xdp_redirect_template (__data *.,dev *!+net_device,xdp *!+bpf_prog,tgt *!.,err int,map_type &bpf_map_type,map_id u32,index u32).
func perf_trace_xfs_file_class (__data *.,iocb *+kiocb,iter *+iov_iter).
func pick_next_task_fair (rq *+rq,prev *+task_struct,rf *+rq_flags)*+task_struct
func pid_task (pid *+pid,type &pid_type)*+task_struct
func prepare_creds ()*+cred
func prepare_kernel_cred (daemon *+task_struct)*+cred
func process_one_work (worker *+worker,work *+work_struct).
func ptrace_access_vm (tsk *+task_struct,addr long-unsigned-int,buf *.,len int,gup_flags unsigned-int)int
func ptrace_attach (task *+task_struct,request long-int,addr long-unsigned-int,flags long-unsigned-int)int
func ptrace_check_attach (child *+task_struct,ignore_state bool)int
func ptrace_disable (child *+task_struct).
func ptrace_do_notify (signr int,exit_code int,why int,message long-unsigned-int)int
func ptrace_get_syscall_info (child *+task_struct,user_size long-unsigned-int,datavp *.)int
func ptrace_get_syscall_info_entry (child *+task_struct,regs *+pt_regs,info *+ptrace_syscall_info)long-unsigned-int
func ptrace_may_access (task *+task_struct,mode unsigned-int)bool
func ptrace_modify_breakpoint (bp *+perf_event,len int,type int,disabled int)int
func ptrace_notify (exit_code int,message long-unsigned-int)int
func ptrace_peek_siginfo (child *+task_struct,addr long-unsigned-int,data long-unsigned-int)int
func ptrace_readdata (tsk *+task_struct,src long-unsigned-int,dst *char,len int)int
func ptrace_register_breakpoint (tsk *+task_struct,len int,type int,addr long-unsigned-int,disabled bool)*+perf_event
func ptrace_regset (task *+task_struct,req int,type unsigned-int,kiov *+iovec)int
func ptrace_request (child *+task_struct,request long-int,addr long-unsigned-int,data long-unsigned-int)int
func ptrace_set_breakpoint_addr (tsk *+task_struct,nr int,addr long-unsigned-int)int
func ptrace_set_debugreg (tsk *+task_struct,n int,val long-unsigned-int)int
func ptrace_set_syscall_info (child *+task_struct,user_size long-unsigned-int,datavp *!.)int
func ptrace_set_syscall_info_entry (child *+task_struct,regs *+pt_regs,info *+ptrace_syscall_info)int
func ptrace_stop (exit_code int,why int,message long-unsigned-int,info *kernel_siginfo_t)int
func ptrace_traceme ()int
func ptrace_trap_notify (t *+task_struct).
func ptrace_triggered (bp *+perf_event,data *+perf_sample_data,regs *+pt_regs).
func ptrace_unfreeze_traced (task *+task_struct).
func ptrace_writedata (tsk *+task_struct,src *char,dst long-unsigned-int,len int)int
func put_task_stack (tsk *+task_struct).
func put_task_struct (t *+task_struct).
func put_task_struct_rcu_user (task *+task_struct).
func qdisc_alloc (dev_queue *+netdev_queue,ops *!+Qdisc_ops,extack *+netlink_ext_ack)*+Qdisc
func qdisc_class_hash_destroy (clhash *+Qdisc_class_hash).
func qdisc_class_hash_grow (sch *+Qdisc,clhash *+Qdisc_class_hash).
func qdisc_class_hash_insert (clhash *+Qdisc_class_hash,cl *+Qdisc_class_common).
func qdisc_class_hash_remove (clhash *+Qdisc_class_hash,cl *+Qdisc_class_common).
func qdisc_create (dev *+net_device,dev_queue *+netdev_queue,parent u32,handle u32,tca **+nlattr,errp *int,extack *+netlink_ext_ack)*+Qdisc
func qdisc_create_dflt (dev_queue *+netdev_queue,ops *!+Qdisc_ops,parentid unsigned-int,extack *+netlink_ext_ack)*+Qdisc
func qdisc_dequeue_head (sch *+Qdisc)*+sk_buff
func qdisc_destroy (qdisc *+Qdisc).
func qdisc_free (qdisc *+Qdisc).
func qdisc_free_cb (head *+callback_head).
func qdisc_get_default (name *char,len size_t).
func qdisc_get_rtab (r *+tc_ratespec,tab *+nlattr,extack *+netlink_ext_ack)*+qdisc_rate_table
func qdisc_get_stab (opt *+nlattr,extack *+netlink_ext_ack)*+qdisc_size_table
func qdisc_graft (dev *+net_device,parent *+Qdisc,skb *+sk_buff,n *+nlmsghdr,classid u32,new *+Qdisc,old *+Qdisc,extack *+netlink_ext_ack)int
func qdisc_hash_add (q *+Qdisc,invisible bool).
func qdisc_hash_del (q *+Qdisc).
func qdisc_leaf (p *+Qdisc,classid u32,extack *+netlink_ext_ack)*+Qdisc
func qdisc_lookup (dev *+net_device,handle u32)*+Qdisc
func qdisc_lookup_default (name *!char)*+Qdisc_ops
func qdisc_lookup_ops (kind *+nlattr)*+Qdisc_ops
func qdisc_lookup_rcu (dev *+net_device,handle u32)*+Qdisc
func qdisc_match_from_root (root *+Qdisc,handle u32)*+Qdisc
func qdisc_notify (net *+net,oskb *+sk_buff,n *+nlmsghdr,clid u32,old *+Qdisc,new *+Qdisc,extack *+netlink_ext_ack)int
func qdisc_offload_dump_helper (sch *+Qdisc,type &tc_setup_type,type_data *.)int
func qdisc_offload_graft_helper (dev *+net_device,sch *+Qdisc,new *+Qdisc,old *+Qdisc,type &tc_setup_type,type_data *.,extack *+netlink_ext_ack).
func qdisc_offload_query_caps (dev *+net_device,type &tc_setup_type,caps *.,caps_len size_t).
func qdisc_peek_head (sch *+Qdisc)*+sk_buff
func qdisc_put (qdisc *+Qdisc).
func qdisc_put_rtab (tab *+qdisc_rate_table).
func qdisc_put_stab (tab *+qdisc_size_table).
func qdisc_put_unlocked (qdisc *+Qdisc).
func qdisc_reset (qdisc *+Qdisc).
func qdisc_reset_queue (sch *+Qdisc).
func qdisc_set_default (name *!char)int
func qdisc_tree_reduce_backlog (sch *+Qdisc,n int,len int).
func qdisc_watchdog (timer *+hrtimer)&hrtimer_restart
func qdisc_watchdog_cancel (wd *+qdisc_watchdog).
func qdisc_watchdog_init_clockid (wd *+qdisc_watchdog,qdisc *+Qdisc,clockid clockid_t).
func qdisc_watchdog_schedule_range_ns (wd *+qdisc_watchdog,expires u64,delta_ns u64).
func queue_work_node (node int,wq *+workqueue_struct,work *+work_struct)bool
func queue_work_on (cpu int,wq *+workqueue_struct,work *+work_struct)bool
func raise_softirq (nr unsigned-int).
func raise_softirq_irqoff (nr unsigned-int).
func raw_recvmsg (sk *+sock,msg *+msghdr,len size_t,flags int)int
func raw_sendmsg (sk *+sock,msg *+msghdr,len size_t)int
func rcu_tasks_trace_postgp (rtp *+rcu_tasks).
func rcu_tasks_trace_pregp_step (hop *+list_head).
func release_task (p *+task_struct).
func rtnetlink_rcv (skb *+sk_buff).
func rtnetlink_rcv_msg (skb *+sk_buff,nlh *+nlmsghdr,extack *+netlink_ext_ack)int
func sched_exec ().
func sched_fork (clone_flags u64,p *+task_struct)int
func sched_move_task (tsk *+task_struct,for_autogroup bool).
func sched_setaffinity (pid pid_t,in_mask *!+cpumask)long-int
func sched_setscheduler (p *+task_struct,policy int,param *!+sched_param)int
func sched_tick ().
func schedule ().
func security_add_hooks (hooks *+security_hook_list,count int,lsmid *!+lsm_id).
func security_audit_rule_free (lsmrule *.).
func security_audit_rule_init (field u32,op u32,rulestr *char,lsmrule **.,gfp gfp_t)int
func security_audit_rule_known (krule *+audit_krule)int
func security_audit_rule_match (prop *+lsm_prop,field u32,op u32,lsmrule *.)int
func security_backing_file_alloc (backing_file *+file,user_file *!+file)int
func security_backing_file_free (backing_file *+file).
func security_bdev_alloc (bdev *+block_device)int
func security_bdev_free (bdev *+block_device).
func security_bdev_setintegrity (bdev *+block_device,type &lsm_integrity_type,value *!.,size size_t)int
func security_binder_set_context_mgr (mgr *!+cred)int
func security_binder_transaction (from *!+cred,to *!+cred)int
func security_binder_transfer_binder (from *!+cred,to *!+cred)int
func security_binder_transfer_file (from *!+cred,to *!+cred,file *!+file)int
func security_bounded_transition (old_sid u32,new_sid u32)int
func security_bpf (cmd int,attr *%bpf_attr,size unsigned-int,kernel bool)int
func security_bpf_map (map *+bpf_map,fmode fmode_t)int
func security_bpf_map_create (map *+bpf_map,attr *%bpf_attr,token *+bpf_token,kernel bool)int
func security_bpf_map_free (map *+bpf_map).
func security_bpf_prog (prog *+bpf_prog)int
func security_bpf_prog_free (prog *+bpf_prog).
func security_bpf_prog_load (prog *+bpf_prog,attr *%bpf_attr,token *+bpf_token,kernel bool)int
func security_bpf_token_capable (token *!+bpf_token,cap int)int
func security_bpf_token_cmd (token *!+bpf_token,cmd &bpf_cmd)int
func security_bpf_token_create (token *+bpf_token,attr *%bpf_attr,path *!+path)int
func security_bpf_token_free (token *+bpf_token).
func security_bprm_check (bprm *+linux_binprm)int
func security_bprm_committed_creds (bprm *!+linux_binprm).
func security_bprm_committing_creds (bprm *!+linux_binprm).
func security_bprm_creds_for_exec (bprm *+linux_binprm)int
func security_bprm_creds_from_file (bprm *+linux_binprm,file *!+file)int
func security_capable (cred *!+cred,ns *+user_namespace,cap int,opts unsigned-int)int
func security_capget (target *!+task_struct,effective *kernel_cap_t,inheritable *kernel_cap_t,permitted *kernel_cap_t)int
func security_capset (new *+cred,old *!+cred,effective *!kernel_cap_t,inheritable *!kernel_cap_t,permitted *!kernel_cap_t)int
func security_change_sid (ssid u32,tsid u32,tclass u16,out_sid *u32)int
func security_compute_av (ssid u32,tsid u32,orig_tclass u16,avd *+av_decision,xperms *+extended_perms).
func security_compute_av_user (ssid u32,tsid u32,tclass u16,avd *+av_decision).
func security_compute_xperms_decision (ssid u32,tsid u32,orig_tclass u16,driver u8,base_perm u8,xpermd *+extended_perms_decision).
func security_context_str_to_sid (scontext *!char,sid *u32,gfp gfp_t)int
func security_context_to_sid (scontext *!char,scontext_len u32,sid *u32,gfp gfp_t)int
func security_context_to_sid_core (scontext *!char,scontext_len u32,sid *u32,def_sid u32,gfp_flags gfp_t,force int)int
func security_context_to_sid_default (scontext *!char,scontext_len u32,sid *u32,def_sid u32,gfp_flags gfp_t)int
func security_context_to_sid_force (scontext *!char,scontext_len u32,sid *u32)int
func security_create_user_ns (cred *!+cred)int
func security_cred_alloc_blank (cred *+cred,gfp gfp_t)int
func security_cred_free (cred *+cred).
func security_cred_getlsmprop (c *!+cred,prop *+lsm_prop).
func security_cred_getsecid (c *!+cred,secid *u32).
func security_current_getlsmprop_subj (prop *+lsm_prop).
func security_d_instantiate (dentry *+dentry,inode *+inode).
func security_dentry_create_files_as (dentry *+dentry,mode int,name *!+qstr,old *!+cred,new *+cred)int
func security_dentry_init_security (dentry *+dentry,mode int,name *!+qstr,xattr_name **!char,lsmctx *+lsm_context)int
func security_disable (nvdimm *+nvdimm,keyid unsigned-int,pass_type &nvdimm_passphrase_type)int
func security_dump_masked_av (policydb *+policydb,scontext *+context,tcontext *+context,tclass u16,permissions u32,reason *!char).
func security_file_alloc (file *+file)int
func security_file_fcntl (file *+file,cmd unsigned-int,arg long-unsigned-int)int
func security_file_free (file *+file).
func security_file_ioctl (file *+file,cmd unsigned-int,arg long-unsigned-int)int
func security_file_ioctl_compat (file *+file,cmd unsigned-int,arg long-unsigned-int)int
func security_file_lock (file *+file,cmd unsigned-int)int
func security_file_mprotect (vma *+vm_area_struct,reqprot long-unsigned-int,prot long-unsigned-int)int
func security_file_open (file *+file)int
func security_file_permission (file *+file,mask int)int
func security_file_post_open (file *+file,mask int)int
func security_file_receive (file *+file)int
func security_file_release (file *+file).
func security_file_send_sigiotask (tsk *+task_struct,fown *+fown_struct,sig int)int
func security_file_set_fowner (file *+file).
func security_file_truncate (file *+file)int
func security_free_mnt_opts (mnt_opts **.).
func security_fs_context_dup (fc *+fs_context,src_fc *+fs_context)int
func security_fs_context_parse_param (fc *+fs_context,param *+fs_parameter)int
func security_fs_context_submount (fc *+fs_context,reference *+super_block)int
func security_fs_use (sb *+super_block)int
func security_genfs_sid (fstype *!char,path *!char,orig_sclass u16,sid *u32)int
func security_get_allow_unknown ()int
func security_get_bool_value (index u32)int
func security_get_bools (policy *+selinux_policy,len *u32,names ***char,values **int)int
func security_get_classes (policy *+selinux_policy,classes ***char,nclasses *u32)int
func security_get_initial_sid_context (sid u32)*!char
func security_get_permissions (policy *+selinux_policy,class *!char,perms ***char,nperms *u32)int
func security_get_reject_unknown ()int
func security_getprocattr (p *+task_struct,lsmid int,name *!char,value **char)int
func security_getselfattr (attr unsigned-int,uctx *+lsm_ctx,size *u32,flags u32)int
func security_ib_endport_sid (dev_name *!char,port_num u8,out_sid *u32)int
func security_ib_pkey_sid (subnet_prefix u64,pkey_num u16,out_sid *u32)int
func security_inet_conn_established (sk *+sock,skb *+sk_buff).
func security_inet_conn_request (sk *!+sock,skb *+sk_buff,req *+request_sock)int
func security_inet_csk_clone (newsk *+sock,req *!+request_sock).
func security_init ()int
func security_initramfs_populated ().
func security_inode_alloc (inode *+inode,gfp gfp_t)int
func security_inode_copy_up (src *+dentry,new **+cred)int
func security_inode_copy_up_xattr (src *+dentry,name *!char)int
func security_inode_create (dir *+inode,dentry *+dentry,mode umode_t)int
func security_inode_file_getattr (dentry *+dentry,fa *+file_kattr)int
func security_inode_file_setattr (dentry *+dentry,fa *+file_kattr)int
func security_inode_follow_link (dentry *+dentry,inode *+inode,rcu bool)int
func security_inode_free (inode *+inode).
func security_inode_get_acl (idmap *+mnt_idmap,dentry *+dentry,acl_name *!char)int
func security_inode_getattr (path *!+path)int
func security_inode_getlsmprop (inode *+inode,prop *+lsm_prop).
func security_inode_getsecctx (inode *+inode,cp *+lsm_context)int
func security_inode_getsecurity (idmap *+mnt_idmap,inode *+inode,name *!char,buffer **.,alloc bool)int
func security_inode_getxattr (dentry *+dentry,name *!char)int
func security_inode_init_security (inode *+inode,dir *+inode,qstr *!+qstr,initxattrs !initxattrs,fs_data *.)int
func security_inode_init_security_anon (inode *+inode,name *!+qstr,context_inode *!+inode)int
func security_inode_invalidate_secctx (inode *+inode).
func security_inode_killpriv (idmap *+mnt_idmap,dentry *+dentry)int
func security_inode_link (old_dentry *+dentry,dir *+inode,new_dentry *+dentry)int
func security_inode_listsecurity (inode *+inode,buffer *char,buffer_size size_t)int
func security_inode_listxattr (dentry *+dentry)int
func security_inode_mkdir (dir *+inode,dentry *+dentry,mode umode_t)int
func security_inode_mknod (dir *+inode,dentry *+dentry,mode umode_t,dev dev_t)int
func security_inode_need_killpriv (dentry *+dentry)int
func security_inode_notifysecctx (inode *+inode,ctx *.,ctxlen u32)int
func security_inode_permission (inode *+inode,mask int)int
func security_inode_post_create_tmpfile (idmap *+mnt_idmap,inode *+inode).
func security_inode_post_remove_acl (idmap *+mnt_idmap,dentry *+dentry,acl_name *!char).
func security_inode_post_removexattr (dentry *+dentry,name *!char).
func security_inode_post_set_acl (dentry *+dentry,acl_name *!char,kacl *+posix_acl).
func security_inode_post_setattr (idmap *+mnt_idmap,dentry *+dentry,ia_valid int).
func security_inode_post_setxattr (dentry *+dentry,name *!char,value *!.,size size_t,flags int).
func security_inode_readlink (dentry *+dentry)int
func security_inode_remove_acl (idmap *+mnt_idmap,dentry *+dentry,acl_name *!char)int
func security_inode_removexattr (idmap *+mnt_idmap,dentry *+dentry,name *!char)int
func security_inode_rename (old_dir *+inode,old_dentry *+dentry,new_dir *+inode,new_dentry *+dentry,flags unsigned-int)int
func security_inode_rmdir (dir *+inode,dentry *+dentry)int
func security_inode_set_acl (idmap *+mnt_idmap,dentry *+dentry,acl_name *!char,kacl *+posix_acl)int
func security_inode_setattr (idmap *+mnt_idmap,dentry *+dentry,attr *+iattr)int
func security_inode_setintegrity (inode *!+inode,type &lsm_integrity_type,value *!.,size size_t)int
func security_inode_setsecctx (dentry *+dentry,ctx *.,ctxlen u32)int
func security_inode_setsecurity (inode *+inode,name *!char,value *!.,size size_t,flags int)int
func security_inode_setxattr (idmap *+mnt_idmap,dentry *+dentry,name *!char,value *!.,size size_t,flags int)int
func security_inode_symlink (dir *+inode,dentry *+dentry,old_name *!char)int
func security_inode_unlink (dir *+inode,dentry *+dentry)int
func security_ipc_getlsmprop (ipcp *+kern_ipc_perm,prop *+lsm_prop).
func security_ipc_permission (ipcp *+kern_ipc_perm,flag short-int)int
func security_ismaclabel (name *!char)int
func security_kernel_act_as (new *+cred,secid u32)int
func security_kernel_create_files_as (new *+cred,inode *+inode)int
func security_kernel_load_data (id &kernel_load_data_id,contents bool)int
func security_kernel_module_request (kmod_name *char)int
func security_kernel_post_load_data (buf *char,size loff_t,id &kernel_load_data_id,description *char)int
func security_kernel_post_read_file (file *+file,buf *char,size loff_t,id &kernel_read_file_id)int
func security_kernel_read_file (file *+file,id &kernel_read_file_id,contents bool)int
func security_kernfs_init_security (kn_dir *+kernfs_node,kn *+kernfs_node)int
func security_key_alloc (key *+key,cred *!+cred,flags long-unsigned-int)int
func security_key_free (key *+key).
func security_key_getsecurity (key *+key,buffer **char)int
func security_key_permission (key_ref key_ref_t,cred *!+cred,need_perm &key_need_perm)int
func security_key_post_create_or_update (keyring *+key,key *+key,payload *!.,payload_len size_t,flags long-unsigned-int,create bool).
func security_load_policy (data *.,len size_t,load_state *+selinux_load_state)int
func security_locked_down (what &lockdown_reason)int
func security_lsmprop_to_secctx (prop *+lsm_prop,cp *+lsm_context,lsmid int)int
func security_member_sid (ssid u32,tsid u32,tclass u16,out_sid *u32)int
func security_mls_enabled ()int
func security_mmap_addr (addr long-unsigned-int)int
func security_mmap_backing_file (vma *+vm_area_struct,backing_file *+file,user_file *+file)int
func security_mmap_file (file *+file,prot long-unsigned-int,flags long-unsigned-int)int
func security_move_mount (from_path *!+path,to_path *!+path)int
func security_mptcp_add_subflow (sk *+sock,ssk *+sock)int
func security_msg_msg_alloc (msg *+msg_msg)int
func security_msg_msg_free (msg *+msg_msg).
func security_msg_queue_alloc (msq *+kern_ipc_perm)int
func security_msg_queue_associate (msq *+kern_ipc_perm,msqflg int)int
func security_msg_queue_free (msq *+kern_ipc_perm).
func security_msg_queue_msgctl (msq *+kern_ipc_perm,cmd int)int
func security_msg_queue_msgrcv (msq *+kern_ipc_perm,msg *+msg_msg,target *+task_struct,type long-int,mode int)int
func security_msg_queue_msgsnd (msq *+kern_ipc_perm,msg *+msg_msg,msqflg int)int
func security_net_peersid_resolve (nlbl_sid u32,nlbl_type u32,xfrm_sid u32,peer_sid *u32)int
func security_netif_sid (name *!char,if_sid *u32)int
func security_netlbl_secattr_to_sid (secattr *+netlbl_lsm_secattr,sid *u32)int
func security_netlbl_sid_to_secattr (sid u32,secattr *+netlbl_lsm_secattr)int
func security_netlink_send (sk *+sock,skb *+sk_buff)int
func security_node_sid (domain u16,addrp *!.,addrlen u32,out_sid *u32)int
func security_path_chmod (path *!+path,mode umode_t)int
func security_path_chown (path *!+path,uid kuid_t,gid kgid_t)int
func security_path_chroot (path *!+path)int
func security_path_link (old_dentry *+dentry,new_dir *!+path,new_dentry *+dentry)int
func security_path_mkdir (dir *!+path,dentry *+dentry,mode umode_t)int
func security_path_mknod (dir *!+path,dentry *+dentry,mode umode_t,dev unsigned-int)int
func security_path_notify (path *!+path,mask u64,obj_type unsigned-int)int
func security_path_post_mknod (idmap *+mnt_idmap,dentry *+dentry).
func security_path_rename (old_dir *!+path,old_dentry *+dentry,new_dir *!+path,new_dentry *+dentry,flags unsigned-int)int
func security_path_rmdir (dir *!+path,dentry *+dentry)int
func security_path_symlink (dir *!+path,dentry *+dentry,old_name *!char)int
func security_path_truncate (path *!+path)int
func security_path_unlink (dir *!+path,dentry *+dentry)int
func security_perf_event_alloc (event *+perf_event)int
func security_perf_event_free (event *+perf_event).
func security_perf_event_open (type int)int
func security_perf_event_read (event *+perf_event)int
func security_perf_event_write (event *+perf_event)int
func security_policycap_supported (req_cap unsigned-int)int
func security_port_sid (protocol u8,port u16,out_sid *u32)int
func security_prepare_creds (new *+cred,old *!+cred,gfp gfp_t)int
func security_ptrace_access_check (child *+task_struct,mode unsigned-int)int
func security_ptrace_traceme (parent *+task_struct)int
func security_quota_on (dentry *+dentry)int
func security_quotactl (cmds int,type int,id int,sb *!+super_block)int
func security_read_policy (data **.,len *size_t)int
func security_read_state_kernel (data **.,len *size_t)int
func security_release_secctx (cp *+lsm_context).
func security_req_classify_flow (req *!+request_sock,flic *+flowi_common).
func security_sb_alloc (sb *+super_block)int
func security_sb_clone_mnt_opts (oldsb *!+super_block,newsb *+super_block,kern_flags long-unsigned-int,set_kern_flags *long-unsigned-int)int
func security_sb_delete (sb *+super_block).
func security_sb_eat_lsm_opts (options *char,mnt_opts **.)int
func security_sb_free (sb *+super_block).
func security_sb_kern_mount (sb *!+super_block)int
func security_sb_mnt_opts_compat (sb *+super_block,mnt_opts *.)int
func security_sb_mount (dev_name *!char,path *!+path,type *!char,flags long-unsigned-int,data *.)int
func security_sb_pivotroot (old_path *!+path,new_path *!+path)int
func security_sb_remount (sb *+super_block,mnt_opts *.)int
func security_sb_set_mnt_opts (sb *+super_block,mnt_opts *.,kern_flags long-unsigned-int,set_kern_flags *long-unsigned-int)int
func security_sb_show_options (m *+seq_file,sb *+super_block)int
func security_sb_statfs (dentry *+dentry)int
func security_sb_umount (mnt *+vfsmount,flags int)int
func security_sctp_assoc_established (asoc *+sctp_association,skb *+sk_buff)int
func security_sctp_assoc_request (asoc *+sctp_association,skb *+sk_buff)int
func security_sctp_bind_connect (sk *+sock,optname int,address *+sockaddr,addrlen int)int
func security_sctp_sk_clone (asoc *+sctp_association,sk *+sock,newsk *+sock).
func security_secctx_to_secid (secdata *!char,seclen u32,secid *u32)int
func security_secid_to_secctx (secid u32,cp *+lsm_context)int
func security_secmark_refcount_dec ().
func security_secmark_refcount_inc ().
func security_secmark_relabel_packet (secid u32)int
func security_sem_alloc (sma *+kern_ipc_perm)int
func security_sem_associate (sma *+kern_ipc_perm,semflg int)int
func security_sem_free (sma *+kern_ipc_perm).
func security_sem_semctl (sma *+kern_ipc_perm,cmd int)int
func security_sem_semop (sma *+kern_ipc_perm,sops *+sembuf,nsops unsigned-int,alter int)int
func security_set_bools (len u32,values *!int)int
func security_setprocattr (lsmid int,name *!char,value *.,size size_t)int
func security_setselfattr (attr unsigned-int,uctx *+lsm_ctx,size u32,flags u32)int
func security_settime64 (ts *!+timespec64,tz *!+timezone)int
func security_shm_alloc (shp *+kern_ipc_perm)int
func security_shm_associate (shp *+kern_ipc_perm,shmflg int)int
func security_shm_free (shp *+kern_ipc_perm).
func security_shm_shmat (shp *+kern_ipc_perm,shmaddr *char,shmflg int)int
func security_shm_shmctl (shp *+kern_ipc_perm,cmd int)int
func security_show (dev *+device,attr *+device_attribute,buf *char)ssize_t
func security_sid_mls_copy (sid u32,mls_sid u32,new_sid *u32)int
func security_sid_to_context (sid u32,scontext **char,scontext_len *u32)int
func security_sid_to_context_core (sid u32,scontext **char,scontext_len *u32,force int,only_invalid int)int
func security_sid_to_context_force (sid u32,scontext **char,scontext_len *u32)int
func security_sid_to_context_inval (sid u32,scontext **char,scontext_len *u32)int
func security_sidtab_hash_stats (page *char)int
func security_sk_alloc (sk *+sock,family int,priority gfp_t)int
func security_sk_classify_flow (sk *!+sock,flic *+flowi_common).
func security_sk_clone (sk *!+sock,newsk *+sock).
func security_sk_free (sk *+sock).
func security_skb_classify_flow (skb *+sk_buff,flic *+flowi_common).
func security_sock_graft (sk *+sock,parent *+socket).
func security_sock_rcv_skb (sk *+sock,skb *+sk_buff)int
func security_socket_accept (sock *+socket,newsock *+socket)int
func security_socket_bind (sock *+socket,address *+sockaddr,addrlen int)int
func security_socket_connect (sock *+socket,address *+sockaddr,addrlen int)int
func security_socket_create (family int,type int,protocol int,kern int)int
func security_socket_getpeername (sock *+socket)int
func security_socket_getpeersec_dgram (sock *+socket,skb *+sk_buff,secid *u32)int
func security_socket_getpeersec_stream (sock *+socket,optval sockptr_t,optlen sockptr_t,len unsigned-int)int
func security_socket_getsockname (sock *+socket)int
func security_socket_getsockopt (sock *+socket,level int,optname int)int
func security_socket_listen (sock *+socket,backlog int)int
func security_socket_post_create (sock *+socket,family int,type int,protocol int,kern int)int
func security_socket_recvmsg (sock *+socket,msg *+msghdr,size int,flags int)int
func security_socket_sendmsg (sock *+socket,msg *+msghdr,size int)int
func security_socket_setsockopt (sock *+socket,level int,optname int)int
func security_socket_shutdown (sock *+socket,how int)int
func security_socket_socketpair (socka *+socket,sockb *+socket)int
func security_store (dev *+device,attr *+device_attribute,buf *!char,len size_t)ssize_t
func security_syslog (type int)int
func security_task_alloc (task *+task_struct,clone_flags u64)int
func security_task_fix_setgid (new *+cred,old *!+cred,flags int)int
func security_task_fix_setgroups (new *+cred,old *!+cred)int
func security_task_fix_setuid (new *+cred,old *!+cred,flags int)int
func security_task_free (task *+task_struct).
func security_task_getioprio (p *+task_struct)int
func security_task_getlsmprop_obj (p *+task_struct,prop *+lsm_prop).
func security_task_getpgid (p *+task_struct)int
func security_task_getscheduler (p *+task_struct)int
func security_task_getsid (p *+task_struct)int
func security_task_kill (p *+task_struct,info *+kernel_siginfo,sig int,cred *!+cred)int
func security_task_movememory (p *+task_struct)int
func security_task_prctl (option int,arg2 long-unsigned-int,arg3 long-unsigned-int,arg4 long-unsigned-int,arg5 long-unsigned-int)int
func security_task_prlimit (cred *!+cred,tcred *!+cred,flags unsigned-int)int
func security_task_setioprio (p *+task_struct,ioprio int)int
func security_task_setnice (p *+task_struct,nice int)int
func security_task_setpgid (p *+task_struct,pgid pid_t)int
func security_task_setrlimit (p *+task_struct,resource unsigned-int,new_rlim *+rlimit)int
func security_task_setscheduler (p *+task_struct)int
func security_task_to_inode (p *+task_struct,inode *+inode).
func security_transfer_creds (new *+cred,old *!+cred).
func security_transition_sid (ssid u32,tsid u32,tclass u16,qstr *!+qstr,out_sid *u32)int
func security_transition_sid_user (ssid u32,tsid u32,tclass u16,objname *!char,out_sid *u32)int
func security_tun_dev_alloc_security (security **.)int
func security_tun_dev_attach (sk *+sock,security *.)int
func security_tun_dev_attach_queue (security *.)int
func security_tun_dev_create ()int
func security_tun_dev_free_security (security *.).
func security_tun_dev_open (security *.)int
func security_unix_may_send (sock *+socket,other *+socket)int
func security_unix_stream_connect (sock *+sock,other *+sock,newsk *+sock)int
func security_uring_allowed ()int
func security_uring_cmd (ioucmd *+io_uring_cmd)int
func security_uring_override_creds (new *!+cred)int
func security_uring_sqpoll ()int
func security_validate_transition (oldsid u32,newsid u32,tasksid u32,orig_tclass u16)int
func security_validate_transition_user (oldsid u32,newsid u32,tasksid u32,tclass u16)int
func security_vm_enough_memory_mm (mm *+mm_struct,pages long-int)int
func security_xfrm_decode_session (skb *+sk_buff,secid *u32)int
func security_xfrm_policy_alloc (ctxp **+xfrm_sec_ctx,sec_ctx *+xfrm_user_sec_ctx,gfp gfp_t)int
func security_xfrm_policy_clone (old_ctx *+xfrm_sec_ctx,new_ctxp **+xfrm_sec_ctx)int
func security_xfrm_policy_delete (ctx *+xfrm_sec_ctx)int
func security_xfrm_policy_free (ctx *+xfrm_sec_ctx).
func security_xfrm_policy_lookup (ctx *+xfrm_sec_ctx,fl_secid u32)int
func security_xfrm_state_alloc (x *+xfrm_state,sec_ctx *+xfrm_user_sec_ctx)int
func security_xfrm_state_alloc_acquire (x *+xfrm_state,polsec *+xfrm_sec_ctx,secid u32)int
func security_xfrm_state_delete (x *+xfrm_state)int
func security_xfrm_state_free (x *+xfrm_state).
func security_xfrm_state_pol_flow_match (x *+xfrm_state,xp *+xfrm_policy,flic *!+flowi_common)int
func send_sig (sig int,p *+task_struct,priv int)int
func send_sig_fault (sig int,code int,addr *.,t *+task_struct)int
func send_sig_fault_trapno (sig int,code int,addr *.,trapno int,t *+task_struct)int
func send_sig_info (sig int,info *+kernel_siginfo,p *+task_struct)int
func send_sig_mceerr (code int,addr *.,lsb short-int,t *+task_struct)int
func send_sig_perf (addr *.,type u32,sig_data u64)int
func send_sigio (fown *+fown_struct,fd int,band int).
func send_sigio_to_task (p *+task_struct,fown *+fown_struct,fd int,reason int,type &pid_type).
func send_signal_locked (sig int,info *+kernel_siginfo,t *+task_struct,type &pid_type)int
func send_sigtrap (regs *+pt_regs,error_code int,si_code int).
func send_sigurg (file *+file)int
func seq_printf (m *+seq_file,f *!char, .).
func seq_read (file *+file,buf *char,size size_t,ppos *loff_t)ssize_t
func seq_read_iter (iocb *+kiocb,iter *+iov_iter)ssize_t
func seq_write (seq *+seq_file,data *!.,len size_t)int
func shmem_file_llseek (file *+file,offset loff_t,whence int)loff_t
func shmem_file_open (inode *+inode,file *+file)int
func shmem_file_read_iter (iocb *+kiocb,to *+iov_iter)ssize_t
func shmem_file_setup_with_mnt (mnt *+vfsmount,name *!char,size loff_t,flags long-unsigned-int)*+file
func shmem_file_splice_read (in *+file,ppos *loff_t,pipe *+pipe_inode_info,len size_t,flags unsigned-int)ssize_t
func shmem_file_write_iter (iocb *+kiocb,from *+iov_iter)ssize_t
func shmem_fileattr_get (dentry *+dentry,fa *+file_kattr)int
func shmem_fileattr_set (idmap *+mnt_idmap,dentry *+dentry,fa *+file_kattr)int
func shrink_lruvec (lruvec *+lruvec,sc *+scan_control).
func shrink_node (pgdat *pg_data_t,sc *+scan_control).
func shrink_slab (gfp_mask gfp_t,nid int,memcg *+mem_cgroup,priority int)long-unsigned-int
func sk_alloc (net *+net,family int,priority gfp_t,prot *+proto,kern int)*+sock
func sk_destruct (sk *+sock).
func sk_filter_trim_cap (sk *+sock,skb *+sk_buff,cap unsigned-int,reason *&skb_drop_reason)int
func sk_free (sk *+sock).
func skb_clone (skb *+sk_buff,gfp_mask gfp_t)*+sk_buff
func skb_consume_udp (sk *+sock,skb *+sk_buff,len int).
func skb_copy (skb *!+sk_buff,gfp_mask gfp_t)*+sk_buff
func skb_copy_and_crc32c_datagram_iter (skb *!+sk_buff,offset int,to *+iov_iter,len int,crcp *u32)int
func skb_copy_and_csum_bits (skb *!+sk_buff,offset int,to *u8,len int)__wsum
func skb_copy_and_csum_datagram_msg (skb *+sk_buff,hlen int,msg *+msghdr)int
func skb_copy_and_csum_dev (skb *!+sk_buff,to *u8).
func skb_copy_bits (skb *!+sk_buff,offset int,to *.,len int)int
func skb_copy_datagram_from_iter (skb *+sk_buff,offset int,from *+iov_iter,len int)int
func skb_copy_datagram_from_iter_full (skb *+sk_buff,offset int,from *+iov_iter,len int)int
func skb_copy_datagram_iter (skb *!+sk_buff,offset int,to *+iov_iter,len int)int
func skb_copy_expand (skb *!+sk_buff,newheadroom int,newtailroom int,gfp_mask gfp_t)*+sk_buff
func skb_copy_header (new *+sk_buff,old *!+sk_buff).
func skb_copy_seq_read (st *+skb_seq_state,offset int,to *.,len int)int
func skb_copy_ubufs (skb *+sk_buff,gfp_mask gfp_t)int
func skb_pull (skb *+sk_buff,len unsigned-int)*.
func skb_push (skb *+sk_buff,len unsigned-int)*.
func skb_put (skb *+sk_buff,len unsigned-int)*.
func skb_release_data (skb *+sk_buff,reason &skb_drop_reason).
func skb_release_head_state (skb *+sk_buff).
func skb_trim (skb *+sk_buff,len unsigned-int).
func skb_tx_error (skb *+sk_buff).
func sock_alloc ()*+socket
func sock_create (family int,type int,protocol int,res **+socket)int
func sock_def_destruct (sk *+sock).
func sock_def_error_report (sk *+sock).
func sock_def_readable (sk *+sock).
func sock_def_wakeup (sk *+sock).
func sock_def_write_space (sk *+sock).
func sock_recvmsg (sock *+socket,msg *+msghdr,flags int)int
func sock_release (sock *+socket).
func sock_sendmsg (sock *+socket,msg *+msghdr)int
func sock_setsockopt (sock *+socket,level int,optname int,optval sockptr_t,optlen unsigned-int)int
func submit_bio (bio *+bio).
func submit_bio_noacct (bio *+bio).
func submit_bio_noacct_nocheck (bio *+bio,split bool).
func submit_bio_wait (bio *+bio)int
func submit_bio_wait_endio (bio *+bio).
func task_numa_assign (env *+task_numa_env,p *+task_struct,imp long-int).
func task_numa_fault (last_cpupid int,mem_node int,pages int,flags int).
func task_numa_find_cpu (env *+task_numa_env,taskimp long-int,groupimp long-int).
func task_numa_free (p *+task_struct,final bool).
func task_numa_group_id (p *+task_struct)pid_t
func task_numa_migrate (p *+task_struct)int
func task_numa_work (work *+callback_head).
func task_tick_dl (rq *+rq,p *+task_struct,queued int).
func task_tick_fair (rq *+rq,curr *+task_struct,queued int).
func task_tick_idle (rq *+rq,curr *+task_struct,queued int).
func task_tick_mm_cid (rq *+rq,curr *+task_struct).
func task_tick_rt (rq *+rq,p *+task_struct,queued int).
func task_tick_stop (rq *+rq,curr *+task_struct,queued int).
func task_work_add (task *+task_struct,work *+callback_head,notify &task_work_notify_mode)int
func task_work_cancel (task *+task_struct,cb *+callback_head)bool
func task_work_cancel_func (task *+task_struct,func task_work_func_t)*+callback_head
func task_work_cancel_match (task *+task_struct,match *( *+callback_head, *.)bool,data *.)*+callback_head
func task_work_run ().
func task_work_set_notify_irq (entry *+irq_work).
func tcf_action_exec (skb *+sk_buff,actions **+tc_action,nr_actions int,res *+tcf_result)int
func tcf_classify (skb *+sk_buff,block *!+tcf_block,tp *!+tcf_proto,res *+tcf_result,compat_mode bool)int
func tcp_abort (sk *+sock,err int)int
func tcp_ack (sk *+sock,skb *!+sk_buff,flag int)int
func tcp_check_req (sk *+sock,skb *+sk_buff,req *+request_sock,fastopen bool,req_stolen *bool,drop_reason *&skb_drop_reason)*+sock
func tcp_child_process (parent *+sock,child *+sock,skb *+sk_buff)&skb_drop_reason
func tcp_cleanup_rbuf (sk *+sock,copied int).
func tcp_close (sk *+sock,timeout long-int).
func tcp_cong_avoid_ai (tp *+tcp_sock,w u32,acked u32). bpf_kfunc
func tcp_connect (sk *+sock)int
func tcp_create_openreq_child (sk *!+sock,req *+request_sock,skb *+sk_buff)*+sock
func tcp_data_queue (sk *+sock,skb *+sk_buff).
func tcp_disconnect (sk *+sock,flags int)int
func tcp_enter_cwr (sk *+sock).
func tcp_enter_loss (sk *+sock).
func tcp_enter_recovery (sk *+sock,ece_ack bool).
func tcp_fin (sk *+sock).
func tcp_finish_connect (sk *+sock,skb *+sk_buff).
func tcp_getsockopt (sk *+sock,level int,optname int,optval *char,optlen *int)int
func tcp_init_congestion_control (sk *+sock).
func tcp_init_sock (sk *+sock).
func tcp_ioctl (sk *+sock,cmd int,karg *int)int
func tcp_newly_delivered (sk *+sock,prior_delivered u32,ecn_count u32,flag int)u32
func tcp_poll (file *+file,sock *+socket,wait *poll_table)__poll_t
func tcp_rcv_established (sk *+sock,skb *+sk_buff).
func tcp_rcv_space_adjust (sk *+sock).
func tcp_rcv_state_process (sk *+sock,skb *+sk_buff)&skb_drop_reason
func tcp_recvmsg (sk *+sock,msg *+msghdr,len size_t,flags int)int
func tcp_recvmsg_locked (sk *+sock,msg *+msghdr,len size_t,flags int,tss *+scm_timestamping_internal,cmsg_flags *int)int
func tcp_reno_cong_avoid (sk *+sock,ack u32,acked u32). bpf_kfunc
func tcp_reno_ssthresh (sk *+sock)u32 bpf_kfunc
func tcp_reno_undo_cwnd (sk *+sock)u32 bpf_kfunc
func tcp_reset (sk *+sock,skb *+sk_buff).
func tcp_retransmit_skb (sk *+sock,skb *+sk_buff,segs int)int
func tcp_send_ack (sk *+sock).
func tcp_send_active_reset (sk *+sock,priority gfp_t,reason &sk_rst_reason).
func tcp_send_fin (sk *+sock).
func tcp_send_loss_probe (sk *+sock).
func tcp_sendmsg (sk *+sock,msg *+msghdr,size size_t)int
func tcp_sendmsg_locked (sk *+sock,msg *+msghdr,size size_t)int
func tcp_set_state (sk *+sock,state int).
func tcp_setsockopt (sk *+sock,level int,optname int,optval sockptr_t,optlen unsigned-int)int
func tcp_shutdown (sk *+sock,how int).
func tcp_slow_start (tp *+tcp_sock,acked u32)u32 bpf_kfunc
func tcp_splice_read (sock *+socket,ppos *loff_t,pipe *+pipe_inode_info,len size_t,flags unsigned-int)ssize_t
func tcp_time_wait (sk *+sock,state int,timeo int).
func tcp_update_congestion_control (ca *+tcp_congestion_ops,old_ca *+tcp_congestion_ops)int
func tcp_update_metrics (sk *+sock).
func tcp_update_pacing_rate (sk *+sock).
func tcp_update_recv_tstamps (skb *+sk_buff,tss *+scm_timestamping_internal).
func tcp_update_skb_after_send (sk *+sock,skb *+sk_buff,prior_wstamp u64).
func tcp_update_ulp (sk *+sock,proto *+proto,write_space *( *+sock).).
func tcp_v4_conn_request (sk *+sock,skb *+sk_buff)int
func tcp_v4_connect (sk *+sock,uaddr *+sockaddr,addr_len int)int
func tcp_v4_do_rcv (sk *+sock,skb *+sk_buff)int
func tcp_v4_rcv (skb *+sk_buff)int
func tcp_v4_send_synack (sk *!+sock,dst *+dst_entry,fl *+flowi,req *+request_sock,foc *+tcp_fastopen_cookie,synack_type &tcp_synack_type,syn_skb *+sk_buff)int
func tcp_v4_syn_recv_sock (sk *!+sock,skb *+sk_buff,req *+request_sock,dst *+dst_entry,req_unhash *+request_sock,own_req *bool,opt_child_init *( *+sock, *!+sock).)*+sock
func tcp_v6_conn_request (sk *+sock,skb *+sk_buff)int
func tcp_v6_connect (sk *+sock,uaddr *+sockaddr,addr_len int)int
func tcp_v6_do_rcv (sk *+sock,skb *+sk_buff)int
func tcp_v6_rcv (skb *+sk_buff)int
func tcp_v6_send_synack (sk *!+sock,dst *+dst_entry,fl *+flowi,req *+request_sock,foc *+tcp_fastopen_cookie,synack_type &tcp_synack_type,syn_skb *+sk_buff)int
func tcp_v6_syn_recv_sock (sk *!+sock,skb *+sk_buff,req *+request_sock,dst *+dst_entry,req_unhash *+request_sock,own_req *bool,opt_child_init *( *+sock, *!+sock).)*+sock
func tcp_write_xmit (sk *+sock,mss_now unsigned-int,nonagle int,push_one int,gfp gfp_t)bool
func tcp_xmit_retransmit_queue (sk *+sock).
func try_charge_memcg (memcg *+mem_cgroup,gfp_mask gfp_t,nr_pages unsigned-int)int
func try_to_free_buffers (folio *+folio)bool
func try_to_free_mem_cgroup_pages (memcg *+mem_cgroup,nr_pages long-unsigned-int,gfp_mask gfp_t,reclaim_options unsigned-int,swappiness *int)long-unsigned-int
func try_to_free_pages (zonelist *+zonelist,order int,gfp_mask gfp_t,nodemask *nodemask_t)long-unsigned-int
func try_to_free_pte (mm *+mm_struct,pmd *pmd_t,addr long-unsigned-int,tlb *+mmu_gather).
func try_to_wake_up (p *+task_struct,state unsigned-int,wake_flags int)int
func ttwu_do_activate (rq *+rq,p *+task_struct,wake_flags int,rf *+rq_flags).
func ttwu_queue_wakelist (p *+task_struct,cpu int,wake_flags int)bool
func tty_open (inode *+inode,filp *+file)int
func tty_read (iocb *+kiocb,to *+iov_iter)ssize_t
func tty_release (inode *+inode,filp *+file)int
func tty_write (iocb *+kiocb,from *+iov_iter)ssize_t
func tun_get_user (tun *+tun_struct,tfile *+tun_file,msg_control *.,from *+iov_iter,noblock int,more bool)ssize_t
func tun_net_xmit (skb *+sk_buff,dev *+net_device)netdev_tx_t
func udp_destroy_sock (sk *+sock).
func udp_disconnect (sk *+sock,flags int)int
func udp_err (skb *+sk_buff,info u32)int
func udp_init_sock (sk *+sock)int
func udp_lib_get_port (sk *+sock,snum short-unsigned-int,hash2_nulladdr unsigned-int)int
func udp_lib_getsockopt (sk *+sock,level int,optname int,optval *char,optlen *int)int
func udp_lib_hash4 (sk *+sock,hash u16).
func udp_lib_lport_inuse2 (net *+net,num __u16,hslot2 *+udp_hslot,sk *+sock)int
func udp_lib_rehash (sk *+sock,newhash u16,newhash4 u16).
func udp_lib_setsockopt (sk *+sock,level int,optname int,optval sockptr_t,optlen unsigned-int,push_pending_frames *( *+sock)int)int
func udp_lib_unhash (sk *+sock).
func udp_queue_rcv_one_skb (sk *+sock,skb *+sk_buff)int
func udp_queue_rcv_skb (sk *+sock,skb *+sk_buff)int
func udp_rcv (skb *+sk_buff)int
func udp_recvmsg (sk *+sock,msg *+msghdr,len size_t,flags int)int
func udp_send_skb (skb *+sk_buff,fl4 *+flowi4,cork *+inet_cork)int
func udp_sendmsg (sk *+sock,msg *+msghdr,len size_t)int
func udp_unicast_rcv_skb (sk *+sock,skb *+sk_buff,uh *+udphdr)int
func udpv6_destroy_sock (sk *+sock).
func udpv6_err (skb *+sk_buff,opt *+inet6_skb_parm,type u8,code u8,offset int,info __be32)int
func udpv6_init_sock (sk *+sock)int
func udpv6_queue_rcv_one_skb (sk *+sock,skb *+sk_buff)int
func udpv6_queue_rcv_skb (sk *+sock,skb *+sk_buff)int
func udpv6_rcv (skb *+sk_buff)int
func udpv6_recvmsg (sk *+sock,msg *+msghdr,len size_t,flags int)int
func udpv6_sendmsg (sk *+sock,msg *+msghdr,len size_t)int
func unix_dgram_connect (sock *+socket,addr *+sockaddr,alen int,flags int)int
func unix_dgram_recvmsg (sock *+socket,msg *+msghdr,size size_t,flags int)int
func unix_dgram_sendmsg (sock *+socket,msg *+msghdr,len size_t)int
func unix_listen (sock *+socket,backlog int)int
func unix_stream_connect (sock *+socket,uaddr *+sockaddr,addr_len int,flags int)int
func unix_stream_read_actor (skb *+sk_buff,skip int,chunk int,state *+unix_stream_read_state)int
func unix_stream_read_generic (state *+unix_stream_read_state,freezable bool)int
func unix_stream_read_skb (sk *+sock,recv_actor skb_read_actor_t)int
func unix_stream_recvmsg (sock *+socket,msg *+msghdr,size size_t,flags int)int
func unix_stream_sendmsg (sock *+socket,msg *+msghdr,len size_t)int
func up_read (sem *+rw_semaphore).
func up_write (sem *+rw_semaphore).
func update_curr (cfs_rq *+cfs_rq).
func update_load_avg (cfs_rq *+cfs_rq,se *+sched_entity,flags int).
func update_rq_clock (rq *+rq).
func uprobe_apply (uprobe *+uprobe,uc *+uprobe_consumer,add bool)int
func uprobe_buffer_disable ().
func uprobe_clear_state (mm *+mm_struct).
func uprobe_copy_from_page (page *+page,vaddr long-unsigned-int,dst *.,len int).
func uprobe_copy_process (t *+task_struct,flags u64).
func uprobe_deny_signal ()bool
func uprobe_dispatcher (con *+uprobe_consumer,regs *+pt_regs,data *__u64)int
func uprobe_dup_mmap (oldmm *+mm_struct,newmm *+mm_struct).
func uprobe_end_dup_mmap ().
func uprobe_event_define_fields (event_call *+trace_event_call)int
func uprobe_free_deferred (work *+work_struct).
func uprobe_free_rcu_tasks_trace (rcu *+callback_head).
func uprobe_free_srcu (rcu *+callback_head).
func uprobe_free_utask (t *+task_struct).
func uprobe_get_swbp_addr (regs *+pt_regs)long-unsigned-int
func uprobe_get_trampoline_vaddr ()long-unsigned-int
func uprobe_get_trap_addr (regs *+pt_regs)long-unsigned-int
func uprobe_handle_trampoline (regs *+pt_regs).
func uprobe_mmap (vma *+vm_area_struct)int
func uprobe_multi_link_filter (con *+uprobe_consumer,mm *+mm_struct)bool
func uprobe_multi_link_handler (con *+uprobe_consumer,regs *+pt_regs,data *__u64)int
func uprobe_multi_link_ret_handler (con *+uprobe_consumer,func long-unsigned-int,regs *+pt_regs,data *__u64)int
func uprobe_munmap (vma *+vm_area_struct,start long-unsigned-int,end long-unsigned-int).
func uprobe_notify_resume (regs *+pt_regs).
func uprobe_perf_close (call *+trace_event_call,event *+perf_event)int
func uprobe_perf_filter (uc *+uprobe_consumer,mm *+mm_struct)bool
func uprobe_post_sstep_notifier (regs *+pt_regs)int
func uprobe_pre_sstep_notifier (regs *+pt_regs)int
func uprobe_prog_run (uprobe *+bpf_uprobe,entry_ip long-unsigned-int,regs *+pt_regs,is_return bool,data *.)int
func uprobe_start_dup_mmap ().
func uprobe_unregister_nosync (uprobe *+uprobe,uc *+uprobe_consumer).
func uprobe_unregister_sync ().
func uprobe_warn (t *+task_struct,msg *!char).
func uprobe_write (auprobe *+arch_uprobe,vma *+vm_area_struct,insn_vaddr !long-unsigned-int,insn *uprobe_opcode_t,nbytes int,verify uprobe_write_verify_t,is_register bool,do_update_ref_ctr bool,data *.)int
func uprobe_write_opcode (auprobe *+arch_uprobe,vma *+vm_area_struct,opcode_vaddr !long-unsigned-int,opcode uprobe_opcode_t,is_register bool)int
func veth_xmit (skb *+sk_buff,dev *+net_device)netdev_tx_t
func vfs_cancel_lock (filp *+file,fl *+file_lock)int
func vfs_clone_file_range (file_in *+file,pos_in loff_t,file_out *+file,pos_out loff_t,len loff_t,remap_flags unsigned-int)loff_t
func vfs_copy_file_range (file_in *+file,pos_in loff_t,file_out *+file,pos_out loff_t,len size_t,flags unsigned-int)ssize_t
func vfs_create (idmap *+mnt_idmap,dir *+inode,dentry *+dentry,mode umode_t,want_excl bool)int
func vfs_dedupe_file_range (file *+file,same *+file_dedupe_range)int
func vfs_dedupe_file_range_one (src_file *+file,src_pos loff_t,dst_file *+file,dst_pos loff_t,len loff_t,remap_flags unsigned-int)loff_t
func vfs_fallocate (file *+file,mode int,offset loff_t,len loff_t)int
func vfs_fstat (fd int,stat *+kstat)int
func vfs_fstatat (dfd int,filename *!char,stat *+kstat,flags int)int
func vfs_fsync (file *+file,datasync int)int
func vfs_fsync_range (file *+file,start loff_t,end loff_t,datasync int)int
func vfs_get_acl (idmap *+mnt_idmap,dentry *+dentry,acl_name *!char)*+posix_acl
func vfs_get_fsid (dentry *+dentry,fsid *__kernel_fsid_t)int
func vfs_get_link (dentry *+dentry,done *+delayed_call)*!char
func vfs_get_tree (fc *+fs_context)int
func vfs_getattr (path *!+path,stat *+kstat,request_mask u32,query_flags unsigned-int)int
func vfs_getattr_nosec (path *!+path,stat *+kstat,request_mask u32,query_flags unsigned-int)int
func vfs_getxattr (idmap *+mnt_idmap,dentry *+dentry,name *!char,value *.,size size_t)ssize_t
func vfs_iter_read (file *+file,iter *+iov_iter,ppos *loff_t,flags rwf_t)ssize_t
func vfs_iter_write (file *+file,iter *+iov_iter,ppos *loff_t,flags rwf_t)ssize_t
func vfs_link (old_dentry *+dentry,idmap *+mnt_idmap,dir *+inode,new_dentry *+dentry,delegated_inode **+inode)int
func vfs_listxattr (dentry *+dentry,list *char,size size_t)ssize_t
func vfs_llseek (file *+file,offset loff_t,whence int)loff_t
func vfs_lock_file (filp *+file,cmd unsigned-int,fl *+file_lock,conf *+file_lock)int
func vfs_mkdir (idmap *+mnt_idmap,dir *+inode,dentry *+dentry,mode umode_t)*+dentry
func vfs_mknod (idmap *+mnt_idmap,dir *+inode,dentry *+dentry,mode umode_t,dev dev_t)int
func vfs_open (path *!+path,file *+file)int
func vfs_parse_comma_sep (s **char)*char
func vfs_parse_fs_param (fc *+fs_context,param *+fs_parameter)int
func vfs_parse_fs_param_source (fc *+fs_context,param *+fs_parameter)int
func vfs_parse_fs_qstr (fc *+fs_context,key *!char,value *!+qstr)int
func vfs_parse_monolithic_sep (fc *+fs_context,data *.,sep *( **char)*char)int
func vfs_read (file *+file,buf *char,count size_t,pos *loff_t)ssize_t
func vfs_readv (file *+file,vec *!+iovec,vlen long-unsigned-int,pos *loff_t,flags rwf_t)ssize_t
func vfs_removexattr (idmap *+mnt_idmap,dentry *+dentry,name *!char)int
func vfs_rename (rd *+renamedata)int
func vfs_rmdir (idmap *+mnt_idmap,dir *+inode,dentry *+dentry)int
func vfs_setxattr (idmap *+mnt_idmap,dentry *+dentry,name *!char,value *!.,size size_t,flags int)int
func vfs_splice_read (in *+file,ppos *loff_t,pipe *+pipe_inode_info,len size_t,flags unsigned-int)ssize_t
func vfs_statx (dfd int,filename *+filename,flags int,stat *+kstat,request_mask u32)int
func vfs_symlink (idmap *+mnt_idmap,dir *+inode,dentry *+dentry,oldname *!char)int
func vfs_tmpfile (idmap *+mnt_idmap,parentpath *!+path,file *+file,mode umode_t)int
func vfs_truncate (path *!+path,length loff_t)int
func vfs_unlink (idmap *+mnt_idmap,dir *+inode,dentry *+dentry,delegated_inode **+inode)int
func vfs_utimes (path *!+path,times *+timespec64)int
func vfs_write (file *+file,buf *!char,count size_t,pos *loff_t)ssize_t
func vfs_writev (file *+file,vec *!+iovec,vlen long-unsigned-int,pos *loff_t,flags rwf_t)ssize_t
func vxlan_rcv (sk *+sock,skb *+sk_buff)int
func vxlan_xmit (skb *+sk_buff,dev *+net_device)netdev_tx_t
func vxlan_xmit_one (skb *+sk_buff,dev *+net_device,default_vni __be32,rdst *+vxlan_rdst,did_rsc bool).
func wake_up_new_task (p *+task_struct).
func wake_up_process (p *+task_struct)int
func wake_up_state (p *+task_struct,state unsigned-int)int
func xdp_do_flush ().
func xdp_do_generic_redirect (dev *+net_device,skb *+sk_buff,xdp *+xdp_buff,xdp_prog *!+bpf_prog)int
func xdp_do_redirect (dev *+net_device,xdp *+xdp_buff,xdp_prog *!+bpf_prog)int
func xdp_do_redirect_frame (dev *+net_device,xdp *+xdp_buff,xdpf *+xdp_frame,xdp_prog *!+bpf_prog)int
func xfrm_input (skb *+sk_buff,nexthdr int,spi __be32,encap_type int)int
func xfrm_input_register_afinfo (afinfo *!+xfrm_input_afinfo)int
func xfrm_input_resume (skb *+sk_buff,nexthdr int)int
func xfrm_input_state_lookup (net *+net,mark u32,daddr *!xfrm_address_t,spi __be32,proto u8,family short-unsigned-int)*+xfrm_state
func xfrm_input_unregister_afinfo (afinfo *!+xfrm_input_afinfo)int
func xfrm_lookup (net *+net,dst_orig *+dst_entry,fl *!+flowi,sk *!+sock,flags int)*+dst_entry
func xfrm_lookup_route (net *+net,dst_orig *+dst_entry,fl *!+flowi,sk *!+sock,flags int)*+dst_entry
func xfrm_lookup_with_ifid (net *+net,dst_orig *+dst_entry,fl *!+flowi,sk *!+sock,flags int,if_id u32)*+dst_entry
func xfrm_output (sk *+sock,skb *+sk_buff)int
func xfrm_output2 (net *+net,sk *+sock,skb *+sk_buff)int
func xfrm_output_resume (sk *+sock,skb *+sk_buff,err int)int
`;
