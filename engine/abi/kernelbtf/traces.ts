// Raw tracepoints, as the typedefs btf_trace_NAME of their handlers of Linux 6.18 for x86-64, in the notation of parse.ts. A
// table: facts of the running kernel's BTF, made anew from the names that stand here with BLESS=1 (kernelbtf.test.ts).

export const traces = `
typedef btf_trace_ack_update_msk *( *., u64, u64, u64, u64, u64).
typedef btf_trace_add_device_to_group *( *., int, *+device).
typedef btf_trace_alarmtimer_cancel *( *., *+alarm, ktime_t).
typedef btf_trace_alarmtimer_fired *( *., *+alarm, ktime_t).
typedef btf_trace_alarmtimer_start *( *., *+alarm, ktime_t).
typedef btf_trace_alloc_vmap_area *( *., long-unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int, int).
typedef btf_trace_amd_pstate_epp_perf *( *., unsigned-int, u8, u8, u8, u8, bool, bool).
typedef btf_trace_amd_pstate_perf *( *., u8, u8, u8, u64, u64, u64, u64, unsigned-int, bool).
typedef btf_trace_attach_device_to_domain *( *., *+device).
typedef btf_trace_balance_dirty_pages *( *., *+bdi_writeback, *+dirty_throttle_control, long-unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int, long-int, long-unsigned-int).
typedef btf_trace_bdi_dirty_ratelimit *( *., *+bdi_writeback, long-unsigned-int, long-unsigned-int).
typedef btf_trace_blk_zone_append_update_request_bio *( *., *+request).
typedef btf_trace_blk_zone_wplug_bio *( *., *+request_queue, unsigned-int, sector_t, unsigned-int).
typedef btf_trace_blkdev_zone_mgmt *( *., *+bio, sector_t).
typedef btf_trace_block_bio_backmerge *( *., *+bio).
typedef btf_trace_block_bio_complete *( *., *+request_queue, *+bio).
typedef btf_trace_block_bio_frontmerge *( *., *+bio).
typedef btf_trace_block_bio_queue *( *., *+bio).
typedef btf_trace_block_bio_remap *( *., *+bio, dev_t, sector_t).
typedef btf_trace_block_dirty_buffer *( *., *+buffer_head).
typedef btf_trace_block_getrq *( *., *+bio).
typedef btf_trace_block_io_done *( *., *+request).
typedef btf_trace_block_io_start *( *., *+request).
typedef btf_trace_block_plug *( *., *+request_queue).
typedef btf_trace_block_rq_complete *( *., *+request, blk_status_t, unsigned-int).
typedef btf_trace_block_rq_error *( *., *+request, blk_status_t, unsigned-int).
typedef btf_trace_block_rq_insert *( *., *+request).
typedef btf_trace_block_rq_issue *( *., *+request).
typedef btf_trace_block_rq_merge *( *., *+request).
typedef btf_trace_block_rq_remap *( *., *+request, dev_t, sector_t).
typedef btf_trace_block_rq_requeue *( *., *+request).
typedef btf_trace_block_split *( *., *+bio, unsigned-int).
typedef btf_trace_block_touch_buffer *( *., *+buffer_head).
typedef btf_trace_block_unplug *( *., *+request_queue, unsigned-int, bool).
typedef btf_trace_bpf_test_finish *( *., *int).
typedef btf_trace_bpf_trace_printk *( *., *!char).
typedef btf_trace_bpf_trigger_tp *( *., int).
typedef btf_trace_bpf_xdp_link_attach_failed *( *., *!char).
typedef btf_trace_br_fdb_add *( *., *+ndmsg, *+net_device, *!unsigned-char, u16, u16).
typedef btf_trace_br_fdb_external_learn_add *( *., *+net_bridge, *+net_bridge_port, *!unsigned-char, u16).
typedef btf_trace_br_fdb_update *( *., *+net_bridge, *+net_bridge_port, *!unsigned-char, u16, long-unsigned-int).
typedef btf_trace_br_mdb_full *( *., *!+net_device, *!+br_ip).
typedef btf_trace_break_lease_block *( *., *+inode, *+file_lease).
typedef btf_trace_break_lease_noblock *( *., *+inode, *+file_lease).
typedef btf_trace_break_lease_unblock *( *., *+inode, *+file_lease).
typedef btf_trace_call_function_entry *( *., int).
typedef btf_trace_call_function_exit *( *., int).
typedef btf_trace_call_function_single_entry *( *., int).
typedef btf_trace_call_function_single_exit *( *., int).
typedef btf_trace_cap_capable *( *., *!+cred, *+user_namespace, *!+user_namespace, int, int).
typedef btf_trace_cgroup_attach_task *( *., *+cgroup, *!char, *+task_struct, bool).
typedef btf_trace_cgroup_destroy_root *( *., *+cgroup_root).
typedef btf_trace_cgroup_freeze *( *., *+cgroup, *!char).
typedef btf_trace_cgroup_mkdir *( *., *+cgroup, *!char).
typedef btf_trace_cgroup_notify_frozen *( *., *+cgroup, *!char, int).
typedef btf_trace_cgroup_notify_populated *( *., *+cgroup, *!char, int).
typedef btf_trace_cgroup_release *( *., *+cgroup, *!char).
typedef btf_trace_cgroup_remount *( *., *+cgroup_root).
typedef btf_trace_cgroup_rename *( *., *+cgroup, *!char).
typedef btf_trace_cgroup_rmdir *( *., *+cgroup, *!char).
typedef btf_trace_cgroup_rstat_lock_contended *( *., *+cgroup, int, bool).
typedef btf_trace_cgroup_rstat_locked *( *., *+cgroup, int, bool).
typedef btf_trace_cgroup_rstat_unlock *( *., *+cgroup, int, bool).
typedef btf_trace_cgroup_setup_root *( *., *+cgroup_root).
typedef btf_trace_cgroup_transfer_tasks *( *., *+cgroup, *!char, *+task_struct, bool).
typedef btf_trace_cgroup_unfreeze *( *., *+cgroup, *!char).
typedef btf_trace_check_mmio_spte *( *., u64, unsigned-int, unsigned-int).
typedef btf_trace_compact_retry *( *., int, &compact_priority, &compact_result, int, int, bool).
typedef btf_trace_console *( *., *!char, size_t).
typedef btf_trace_consume_skb *( *., *+sk_buff, *.).
typedef btf_trace_contention_begin *( *., *., unsigned-int).
typedef btf_trace_contention_end *( *., *., int).
typedef btf_trace_count_memcg_events *( *., *+mem_cgroup, int, long-unsigned-int).
typedef btf_trace_cpu_frequency *( *., unsigned-int, unsigned-int).
typedef btf_trace_cpu_frequency_limits *( *., *+cpufreq_policy).
typedef btf_trace_cpu_idle *( *., unsigned-int, unsigned-int).
typedef btf_trace_cpu_idle_miss *( *., unsigned-int, unsigned-int, bool).
typedef btf_trace_cpuhp_enter *( *., unsigned-int, int, int, *( unsigned-int)int).
typedef btf_trace_cpuhp_exit *( *., unsigned-int, int, int, int).
typedef btf_trace_cpuhp_multi_enter *( *., unsigned-int, int, int, *( unsigned-int, *+hlist_node)int, *+hlist_node).
typedef btf_trace_csd_function_entry *( *., smp_call_func_t, *call_single_data_t).
typedef btf_trace_csd_function_exit *( *., smp_call_func_t, *call_single_data_t).
typedef btf_trace_csd_queue_cpu *( *., !unsigned-int, long-unsigned-int, smp_call_func_t, *call_single_data_t).
typedef btf_trace_ctime_ns_xchg *( *., *+inode, u32, u32, u32).
typedef btf_trace_ctime_xchg_skip *( *., *+inode, *+timespec64).
typedef btf_trace_damos_before_apply *( *., unsigned-int, unsigned-int, unsigned-int, *+damon_region, unsigned-int, bool).
typedef btf_trace_damos_esz *( *., unsigned-int, unsigned-int, long-unsigned-int).
typedef btf_trace_dax_insert_pfn_mkwrite *( *., *+inode, *+vm_fault, int).
typedef btf_trace_dax_insert_pfn_mkwrite_no_entry *( *., *+inode, *+vm_fault, int).
typedef btf_trace_dax_load_hole *( *., *+inode, *+vm_fault, int).
typedef btf_trace_dax_pmd_fault *( *., *+inode, *+vm_fault, long-unsigned-int, int).
typedef btf_trace_dax_pmd_fault_done *( *., *+inode, *+vm_fault, long-unsigned-int, int).
typedef btf_trace_dax_pmd_load_hole *( *., *+inode, *+vm_fault, *+folio, *.).
typedef btf_trace_dax_pmd_load_hole_fallback *( *., *+inode, *+vm_fault, *+folio, *.).
typedef btf_trace_dax_pte_fault *( *., *+inode, *+vm_fault, int).
typedef btf_trace_dax_pte_fault_done *( *., *+inode, *+vm_fault, int).
typedef btf_trace_dax_writeback_one *( *., *+inode, long-unsigned-int, long-unsigned-int).
typedef btf_trace_dax_writeback_range *( *., *+inode, long-unsigned-int, long-unsigned-int).
typedef btf_trace_dax_writeback_range_done *( *., *+inode, long-unsigned-int, long-unsigned-int).
typedef btf_trace_dev_pm_qos_add_request *( *., *!char, &dev_pm_qos_req_type, s32).
typedef btf_trace_dev_pm_qos_remove_request *( *., *!char, &dev_pm_qos_req_type, s32).
typedef btf_trace_dev_pm_qos_update_request *( *., *!char, &dev_pm_qos_req_type, s32).
typedef btf_trace_devres_log *( *., *+device, *!char, *., *!char, size_t).
typedef btf_trace_disk_zone_wplug_add_bio *( *., *+request_queue, unsigned-int, sector_t, unsigned-int).
typedef btf_trace_dma_alloc *( *., *+device, *., dma_addr_t, size_t, &dma_data_direction, gfp_t, long-unsigned-int).
typedef btf_trace_dma_alloc_pages *( *., *+device, *., dma_addr_t, size_t, &dma_data_direction, gfp_t, long-unsigned-int).
typedef btf_trace_dma_alloc_sgt *( *., *+device, *+sg_table, size_t, &dma_data_direction, gfp_t, long-unsigned-int).
typedef btf_trace_dma_alloc_sgt_err *( *., *+device, *., dma_addr_t, size_t, &dma_data_direction, gfp_t, long-unsigned-int).
typedef btf_trace_dma_fence_destroy *( *., *+dma_fence).
typedef btf_trace_dma_fence_emit *( *., *+dma_fence).
typedef btf_trace_dma_fence_enable_signal *( *., *+dma_fence).
typedef btf_trace_dma_fence_init *( *., *+dma_fence).
typedef btf_trace_dma_fence_signaled *( *., *+dma_fence).
typedef btf_trace_dma_fence_wait_end *( *., *+dma_fence).
typedef btf_trace_dma_fence_wait_start *( *., *+dma_fence).
typedef btf_trace_dma_free *( *., *+device, *., dma_addr_t, size_t, &dma_data_direction, long-unsigned-int).
typedef btf_trace_dma_free_pages *( *., *+device, *., dma_addr_t, size_t, &dma_data_direction, long-unsigned-int).
typedef btf_trace_dma_free_sgt *( *., *+device, *+sg_table, size_t, &dma_data_direction).
typedef btf_trace_dma_map_phys *( *., *+device, phys_addr_t, dma_addr_t, size_t, &dma_data_direction, long-unsigned-int).
typedef btf_trace_dma_map_sg *( *., *+device, *+scatterlist, int, int, &dma_data_direction, long-unsigned-int).
typedef btf_trace_dma_map_sg_err *( *., *+device, *+scatterlist, int, int, &dma_data_direction, long-unsigned-int).
typedef btf_trace_dma_sync_sg_for_cpu *( *., *+device, *+scatterlist, int, &dma_data_direction).
typedef btf_trace_dma_sync_sg_for_device *( *., *+device, *+scatterlist, int, &dma_data_direction).
typedef btf_trace_dma_sync_single_for_cpu *( *., *+device, dma_addr_t, size_t, &dma_data_direction).
typedef btf_trace_dma_sync_single_for_device *( *., *+device, dma_addr_t, size_t, &dma_data_direction).
typedef btf_trace_dma_unmap_phys *( *., *+device, dma_addr_t, size_t, &dma_data_direction, long-unsigned-int).
typedef btf_trace_dma_unmap_sg *( *., *+device, *+scatterlist, int, &dma_data_direction, long-unsigned-int).
typedef btf_trace_dql_stall_detected *( *., short-unsigned-int, unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int, *long-unsigned-int).
typedef btf_trace_emulate_vsyscall *( *., int).
typedef btf_trace_error_apic_entry *( *., int).
typedef btf_trace_error_apic_exit *( *., int).
typedef btf_trace_error_report_end *( *., &error_detector, long-unsigned-int).
typedef btf_trace_exit_mmap *( *., *+mm_struct).
typedef btf_trace_ext4_alloc_da_blocks *( *., *+inode).
typedef btf_trace_ext4_allocate_blocks *( *., *+ext4_allocation_request, long-long-unsigned-int).
typedef btf_trace_ext4_allocate_inode *( *., *+inode, *+inode, int).
typedef btf_trace_ext4_begin_ordered_truncate *( *., *+inode, loff_t).
typedef btf_trace_ext4_collapse_range *( *., *+inode, loff_t, loff_t).
typedef btf_trace_ext4_da_release_space *( *., *+inode, int).
typedef btf_trace_ext4_da_reserve_space *( *., *+inode, int).
typedef btf_trace_ext4_da_update_reserve_space *( *., *+inode, int, int).
typedef btf_trace_ext4_da_write_begin *( *., *+inode, loff_t, unsigned-int).
typedef btf_trace_ext4_da_write_end *( *., *+inode, loff_t, unsigned-int, unsigned-int).
typedef btf_trace_ext4_da_write_folios_end *( *., *+inode, loff_t, loff_t, *+writeback_control, int).
typedef btf_trace_ext4_da_write_folios_start *( *., *+inode, loff_t, loff_t, *+writeback_control).
typedef btf_trace_ext4_da_write_pages_extent *( *., *+inode, *+ext4_map_blocks).
typedef btf_trace_ext4_discard_blocks *( *., *+super_block, long-long-unsigned-int, long-long-unsigned-int).
typedef btf_trace_ext4_discard_preallocations *( *., *+inode, unsigned-int).
typedef btf_trace_ext4_drop_inode *( *., *+inode, int).
typedef btf_trace_ext4_error *( *., *+super_block, *!char, unsigned-int).
typedef btf_trace_ext4_evict_inode *( *., *+inode).
typedef btf_trace_ext4_fallocate_enter *( *., *+inode, loff_t, loff_t, int).
typedef btf_trace_ext4_fallocate_exit *( *., *+inode, loff_t, unsigned-int, int).
typedef btf_trace_ext4_forget *( *., *+inode, int, __u64).
typedef btf_trace_ext4_free_blocks *( *., *+inode, __u64, long-unsigned-int, int).
typedef btf_trace_ext4_free_inode *( *., *+inode).
typedef btf_trace_ext4_get_implied_cluster_alloc_exit *( *., *+super_block, *+ext4_map_blocks, int).
typedef btf_trace_ext4_ind_map_blocks_enter *( *., *+inode, ext4_lblk_t, unsigned-int, unsigned-int).
typedef btf_trace_ext4_ind_map_blocks_exit *( *., *+inode, unsigned-int, *+ext4_map_blocks, int).
typedef btf_trace_ext4_insert_range *( *., *+inode, loff_t, loff_t).
typedef btf_trace_ext4_invalidate_folio *( *., *+folio, size_t, size_t).
typedef btf_trace_ext4_lazy_itable_init *( *., *+super_block, ext4_group_t).
typedef btf_trace_ext4_load_inode *( *., *+super_block, long-unsigned-int).
typedef btf_trace_ext4_load_inode_bitmap *( *., *+super_block, long-unsigned-int).
typedef btf_trace_ext4_mark_inode_dirty *( *., *+inode, long-unsigned-int).
typedef btf_trace_ext4_nfs_commit_metadata *( *., *+inode).
typedef btf_trace_ext4_other_inode_update_time *( *., *+inode, ino_t).
typedef btf_trace_ext4_prefetch_bitmaps *( *., *+super_block, ext4_group_t, ext4_group_t, unsigned-int).
typedef btf_trace_ext4_punch_hole *( *., *+inode, loff_t, loff_t, int).
typedef btf_trace_ext4_read_block_bitmap_load *( *., *+super_block, long-unsigned-int, bool).
typedef btf_trace_ext4_read_folio *( *., *+inode, *+folio).
typedef btf_trace_ext4_release_folio *( *., *+inode, *+folio).
typedef btf_trace_ext4_remove_blocks *( *., *+inode, *+ext4_extent, ext4_lblk_t, ext4_fsblk_t, *+partial_cluster).
typedef btf_trace_ext4_request_blocks *( *., *+ext4_allocation_request).
typedef btf_trace_ext4_request_inode *( *., *+inode, int).
typedef btf_trace_ext4_shutdown *( *., *+super_block, long-unsigned-int).
typedef btf_trace_ext4_sync_file_enter *( *., *+file, int).
typedef btf_trace_ext4_sync_file_exit *( *., *+inode, int).
typedef btf_trace_ext4_sync_fs *( *., *+super_block, int).
typedef btf_trace_ext4_truncate_enter *( *., *+inode).
typedef btf_trace_ext4_truncate_exit *( *., *+inode).
typedef btf_trace_ext4_unlink_enter *( *., *+inode, *+dentry).
typedef btf_trace_ext4_unlink_exit *( *., *+dentry, int).
typedef btf_trace_ext4_update_sb *( *., *+super_block, ext4_fsblk_t, unsigned-int).
typedef btf_trace_ext4_write_begin *( *., *+inode, loff_t, unsigned-int).
typedef btf_trace_ext4_write_end *( *., *+inode, loff_t, unsigned-int, unsigned-int).
typedef btf_trace_ext4_writepages *( *., *+inode, *+writeback_control).
typedef btf_trace_ext4_writepages_result *( *., *+inode, *+writeback_control, int, int).
typedef btf_trace_ext4_zero_range *( *., *+inode, loff_t, loff_t, int).
typedef btf_trace_extent_writepage *( *., *!+folio, *!+inode, *!+writeback_control).
typedef btf_trace_fast_page_fault *( *., *+kvm_vcpu, *+kvm_page_fault, *u64, u64, int).
typedef btf_trace_fcntl_setlk *( *., *+inode, *+file_lock, int).
typedef btf_trace_fdb_delete *( *., *+net_bridge, *+net_bridge_fdb_entry).
typedef btf_trace_fib6_table_lookup *( *., *!+net, *!+fib6_result, *+fib6_table, *!+flowi6).
typedef btf_trace_fib_table_lookup *( *., u32, *!+flowi4, *!+fib_nh_common, int).
typedef btf_trace_file_check_and_advance_wb_err *( *., *+file, errseq_t).
typedef btf_trace_filemap_set_wb_err *( *., *+address_space, errseq_t).
typedef btf_trace_fill_mg_cmtime *( *., *+inode, *+timespec64, *+timespec64).
typedef btf_trace_finish_task_reaping *( *., int).
typedef btf_trace_flock_lock_inode *( *., *+inode, *+file_lock, int).
typedef btf_trace_flush_foreign *( *., *+bdi_writeback, unsigned-int, unsigned-int).
typedef btf_trace_folio_wait_writeback *( *., *+folio, *+address_space).
typedef btf_trace_free_vmap_area_noflush *( *., long-unsigned-int, long-unsigned-int, long-unsigned-int).
typedef btf_trace_fuse_request_end *( *., *!+fuse_req).
typedef btf_trace_fuse_request_send *( *., *!+fuse_req).
typedef btf_trace_generic_add_lease *( *., *+inode, *+file_lease).
typedef btf_trace_generic_delete_lease *( *., *+inode, *+file_lease).
typedef btf_trace_get_mapping_status *( *., *+mptcp_ext).
typedef btf_trace_global_dirty_state *( *., long-unsigned-int, long-unsigned-int).
typedef btf_trace_guest_halt_poll_ns *( *., bool, unsigned-int, unsigned-int).
typedef btf_trace_handle_mmio_page_fault *( *., u64, gfn_t, unsigned-int).
typedef btf_trace_hrtimer_cancel *( *., *+hrtimer).
typedef btf_trace_hrtimer_expire_entry *( *., *+hrtimer, *ktime_t).
typedef btf_trace_hrtimer_expire_exit *( *., *+hrtimer).
typedef btf_trace_hrtimer_setup *( *., *+hrtimer, clockid_t, &hrtimer_mode).
typedef btf_trace_hrtimer_start *( *., *+hrtimer, &hrtimer_mode, bool).
typedef btf_trace_hugetlbfs_alloc_inode *( *., *+inode, *+inode, int).
typedef btf_trace_hugetlbfs_evict_inode *( *., *+inode).
typedef btf_trace_hugetlbfs_fallocate *( *., *+inode, int, loff_t, loff_t, int).
typedef btf_trace_hugetlbfs_free_inode *( *., *+inode).
typedef btf_trace_hugetlbfs_setattr *( *., *+inode, *+dentry, *+iattr).
typedef btf_trace_icmp_send *( *., *!+sk_buff, int, int).
typedef btf_trace_inet_sk_error_report *( *., *!+sock).
typedef btf_trace_inet_sock_set_state *( *., *!+sock, !int, !int).
typedef btf_trace_initcall_finish *( *., initcall_t, int).
typedef btf_trace_initcall_level *( *., *!char).
typedef btf_trace_initcall_start *( *., initcall_t).
typedef btf_trace_inode_foreign_history *( *., *+inode, *+writeback_control, unsigned-int).
typedef btf_trace_inode_set_ctime_to_ts *( *., *+inode, *+timespec64).
typedef btf_trace_inode_switch_wbs *( *., *+inode, *+bdi_writeback, *+bdi_writeback).
typedef btf_trace_inode_switch_wbs_queue *( *., *+bdi_writeback, *+bdi_writeback, unsigned-int).
typedef btf_trace_io_page_fault *( *., *+device, long-unsigned-int, int).
typedef btf_trace_io_uring_complete *( *., *+io_ring_ctx, *., *+io_uring_cqe).
typedef btf_trace_io_uring_cqe_overflow *( *., *., long-long-unsigned-int, s32, u32, *.).
typedef btf_trace_io_uring_cqring_wait *( *., *., int).
typedef btf_trace_io_uring_create *( *., int, *., u32, u32, u32).
typedef btf_trace_io_uring_defer *( *., *+io_kiocb).
typedef btf_trace_io_uring_fail_link *( *., *+io_kiocb, *+io_kiocb).
typedef btf_trace_io_uring_file_get *( *., *+io_kiocb, int).
typedef btf_trace_io_uring_link *( *., *+io_kiocb, *+io_kiocb).
typedef btf_trace_io_uring_local_work_run *( *., *., int, unsigned-int).
typedef btf_trace_io_uring_poll_arm *( *., *+io_kiocb, int, int).
typedef btf_trace_io_uring_queue_async_work *( *., *+io_kiocb, int).
typedef btf_trace_io_uring_register *( *., *., unsigned-int, unsigned-int, unsigned-int, long-int).
typedef btf_trace_io_uring_req_failed *( *., *!+io_uring_sqe, *+io_kiocb, int).
typedef btf_trace_io_uring_short_write *( *., *., u64, u64, u64).
typedef btf_trace_io_uring_submit_req *( *., *+io_kiocb).
typedef btf_trace_io_uring_task_add *( *., *+io_kiocb, int).
typedef btf_trace_io_uring_task_work_run *( *., *., unsigned-int).
typedef btf_trace_iomap_add_to_ioend *( *., *+inode, u64, unsigned-int, *+iomap).
typedef btf_trace_iomap_dio_complete *( *., *+kiocb, int, ssize_t).
typedef btf_trace_iomap_dio_invalidate_fail *( *., *+inode, loff_t, u64).
typedef btf_trace_iomap_dio_rw_begin *( *., *+kiocb, *+iov_iter, unsigned-int, size_t).
typedef btf_trace_iomap_dio_rw_queued *( *., *+inode, loff_t, u64).
typedef btf_trace_iomap_invalidate_folio *( *., *+inode, loff_t, u64).
typedef btf_trace_iomap_iter *( *., *+iomap_iter, *!., long-unsigned-int).
typedef btf_trace_iomap_iter_dstmap *( *., *+inode, *+iomap).
typedef btf_trace_iomap_iter_srcmap *( *., *+inode, *+iomap).
typedef btf_trace_iomap_readahead *( *., *+inode, int).
typedef btf_trace_iomap_readpage *( *., *+inode, int).
typedef btf_trace_iomap_release_folio *( *., *+inode, loff_t, u64).
typedef btf_trace_iomap_writeback_folio *( *., *+inode, loff_t, u64).
typedef btf_trace_iomap_zero_iter *( *., *+inode, loff_t, u64).
typedef btf_trace_ipi_send_cpu *( *., !unsigned-int, long-unsigned-int, *.).
typedef btf_trace_ipi_send_cpumask *( *., *!+cpumask, long-unsigned-int, *.).
typedef btf_trace_irq_handler_entry *( *., int, *+irqaction).
typedef btf_trace_irq_handler_exit *( *., int, *+irqaction, int).
typedef btf_trace_irq_matrix_alloc *( *., int, unsigned-int, *+irq_matrix, *+cpumap).
typedef btf_trace_irq_matrix_alloc_managed *( *., int, unsigned-int, *+irq_matrix, *+cpumap).
typedef btf_trace_irq_matrix_assign *( *., int, unsigned-int, *+irq_matrix, *+cpumap).
typedef btf_trace_irq_matrix_assign_system *( *., int, *+irq_matrix).
typedef btf_trace_irq_matrix_free *( *., int, unsigned-int, *+irq_matrix, *+cpumap).
typedef btf_trace_irq_matrix_offline *( *., *+irq_matrix).
typedef btf_trace_irq_matrix_online *( *., *+irq_matrix).
typedef btf_trace_irq_matrix_remove_managed *( *., int, unsigned-int, *+irq_matrix, *+cpumap).
typedef btf_trace_irq_matrix_remove_reserved *( *., *+irq_matrix).
typedef btf_trace_irq_matrix_reserve *( *., *+irq_matrix).
typedef btf_trace_irq_matrix_reserve_managed *( *., int, unsigned-int, *+irq_matrix, *+cpumap).
typedef btf_trace_irq_work_entry *( *., int).
typedef btf_trace_irq_work_exit *( *., int).
typedef btf_trace_itimer_expire *( *., int, *+pid, long-long-unsigned-int).
typedef btf_trace_itimer_state *( *., int, !*!+itimerspec64, long-long-unsigned-int).
typedef btf_trace_jbd2_checkpoint *( *., *journal_t, int).
typedef btf_trace_jbd2_checkpoint_stats *( *., dev_t, tid_t, *+transaction_chp_stats_s).
typedef btf_trace_jbd2_commit_flushing *( *., *journal_t, *transaction_t).
typedef btf_trace_jbd2_commit_locking *( *., *journal_t, *transaction_t).
typedef btf_trace_jbd2_commit_logging *( *., *journal_t, *transaction_t).
typedef btf_trace_jbd2_drop_transaction *( *., *journal_t, *transaction_t).
typedef btf_trace_jbd2_end_commit *( *., *journal_t, *transaction_t).
typedef btf_trace_jbd2_handle_extend *( *., dev_t, tid_t, unsigned-int, unsigned-int, int, int).
typedef btf_trace_jbd2_handle_restart *( *., dev_t, tid_t, unsigned-int, unsigned-int, int).
typedef btf_trace_jbd2_handle_start *( *., dev_t, tid_t, unsigned-int, unsigned-int, int).
typedef btf_trace_jbd2_handle_stats *( *., dev_t, tid_t, unsigned-int, unsigned-int, int, int, int, int).
typedef btf_trace_jbd2_lock_buffer_stall *( *., dev_t, long-unsigned-int).
typedef btf_trace_jbd2_run_stats *( *., dev_t, tid_t, *+transaction_run_stats_s).
typedef btf_trace_jbd2_shrink_checkpoint_list *( *., *journal_t, tid_t, tid_t, tid_t, long-unsigned-int, tid_t).
typedef btf_trace_jbd2_shrink_count *( *., *journal_t, long-unsigned-int, long-unsigned-int).
typedef btf_trace_jbd2_shrink_scan_enter *( *., *journal_t, long-unsigned-int, long-unsigned-int).
typedef btf_trace_jbd2_shrink_scan_exit *( *., *journal_t, long-unsigned-int, long-unsigned-int, long-unsigned-int).
typedef btf_trace_jbd2_start_commit *( *., *journal_t, *transaction_t).
typedef btf_trace_jbd2_submit_inode_data *( *., *+inode).
typedef btf_trace_jbd2_update_log_tail *( *., *journal_t, tid_t, long-unsigned-int, long-unsigned-int).
typedef btf_trace_jbd2_write_superblock *( *., *journal_t, blk_opf_t).
typedef btf_trace_kfree *( *., long-unsigned-int, *!.).
typedef btf_trace_kfree_skb *( *., *+sk_buff, *., &skb_drop_reason, *+sock).
typedef btf_trace_kmalloc *( *., long-unsigned-int, *!., size_t, size_t, gfp_t, int).
typedef btf_trace_kmem_cache_alloc *( *., long-unsigned-int, *!., *+kmem_cache, gfp_t, int).
typedef btf_trace_kmem_cache_free *( *., long-unsigned-int, *!., *!+kmem_cache).
typedef btf_trace_ksm_advisor *( *., s64, long-unsigned-int, unsigned-int).
typedef btf_trace_ksm_enter *( *., *.).
typedef btf_trace_ksm_exit *( *., *.).
typedef btf_trace_ksm_merge_one_page *( *., long-unsigned-int, *., *., int).
typedef btf_trace_ksm_merge_with_ksm_page *( *., *., long-unsigned-int, *., *., int).
typedef btf_trace_ksm_remove_ksm_page *( *., long-unsigned-int).
typedef btf_trace_ksm_remove_rmap_item *( *., long-unsigned-int, *., *.).
typedef btf_trace_ksm_start_scan *( *., int, u32).
typedef btf_trace_ksm_stop_scan *( *., int, u32).
typedef btf_trace_kyber_adjust *( *., dev_t, *!char, unsigned-int).
typedef btf_trace_kyber_latency *( *., dev_t, *!char, *!char, unsigned-int, unsigned-int, unsigned-int, unsigned-int).
typedef btf_trace_kyber_throttled *( *., dev_t, *!char).
typedef btf_trace_leases_conflict *( *., bool, *+file_lease, *+file_lease).
typedef btf_trace_local_timer_entry *( *., int).
typedef btf_trace_local_timer_exit *( *., int).
typedef btf_trace_locks_get_lock_context *( *., *+inode, int, *+file_lock_context).
typedef btf_trace_locks_remove_posix *( *., *+inode, *+file_lock, int).
typedef btf_trace_ma_op *( *., *!char, *+ma_state).
typedef btf_trace_ma_read *( *., *!char, *+ma_state).
typedef btf_trace_ma_write *( *., *!char, *+ma_state, long-unsigned-int, *.).
typedef btf_trace_map *( *., long-unsigned-int, phys_addr_t, size_t).
typedef btf_trace_mark_mmio_spte *( *., *u64, gfn_t, u64).
typedef btf_trace_mark_victim *( *., *+task_struct, uid_t).
typedef btf_trace_mei_pci_cfg_read *( *., *!+device, *!char, u32, u32).
typedef btf_trace_mei_reg_read *( *., *!+device, *!char, u32, u32).
typedef btf_trace_mei_reg_write *( *., *!+device, *!char, u32, u32).
typedef btf_trace_mem_connect *( *., *!+xdp_mem_allocator, *!+xdp_rxq_info).
typedef btf_trace_mem_disconnect *( *., *!+xdp_mem_allocator).
typedef btf_trace_memcg_flush_stats *( *., *+mem_cgroup, s64, bool, bool).
typedef btf_trace_mm_calculate_totalreserve_pages *( *., long-unsigned-int).
typedef btf_trace_mm_collapse_huge_page *( *., *+mm_struct, int, int).
typedef btf_trace_mm_collapse_huge_page_isolate *( *., *+folio, int, int, int).
typedef btf_trace_mm_collapse_huge_page_swapin *( *., *+mm_struct, int, int, int).
typedef btf_trace_mm_compaction_begin *( *., *+compact_control, long-unsigned-int, long-unsigned-int, bool).
typedef btf_trace_mm_compaction_defer_compaction *( *., *+zone, int).
typedef btf_trace_mm_compaction_defer_reset *( *., *+zone, int).
typedef btf_trace_mm_compaction_deferred *( *., *+zone, int).
typedef btf_trace_mm_compaction_end *( *., *+compact_control, long-unsigned-int, long-unsigned-int, bool, int).
typedef btf_trace_mm_compaction_fast_isolate_freepages *( *., long-unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int).
typedef btf_trace_mm_compaction_finished *( *., *+zone, int, int).
typedef btf_trace_mm_compaction_isolate_freepages *( *., long-unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int).
typedef btf_trace_mm_compaction_isolate_migratepages *( *., long-unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int).
typedef btf_trace_mm_compaction_kcompactd_sleep *( *., int).
typedef btf_trace_mm_compaction_kcompactd_wake *( *., int, int, &zone_type).
typedef btf_trace_mm_compaction_migratepages *( *., unsigned-int, unsigned-int).
typedef btf_trace_mm_compaction_suitable *( *., *+zone, int, int).
typedef btf_trace_mm_compaction_try_to_compact_pages *( *., int, gfp_t, int).
typedef btf_trace_mm_compaction_wakeup_kcompactd *( *., int, int, &zone_type).
typedef btf_trace_mm_filemap_add_to_page_cache *( *., *+folio).
typedef btf_trace_mm_filemap_delete_from_page_cache *( *., *+folio).
typedef btf_trace_mm_filemap_fault *( *., *+address_space, long-unsigned-int).
typedef btf_trace_mm_filemap_get_pages *( *., *+address_space, long-unsigned-int, long-unsigned-int).
typedef btf_trace_mm_filemap_map_pages *( *., *+address_space, long-unsigned-int, long-unsigned-int).
typedef btf_trace_mm_khugepaged_collapse_file *( *., *+mm_struct, *+folio, long-unsigned-int, long-unsigned-int, bool, *+file, int, int).
typedef btf_trace_mm_khugepaged_scan_file *( *., *+mm_struct, *+folio, *+file, int, int, int).
typedef btf_trace_mm_khugepaged_scan_pmd *( *., *+mm_struct, *+folio, int, int, int, int).
typedef btf_trace_mm_lru_activate *( *., *+folio).
typedef btf_trace_mm_lru_insertion *( *., *+folio).
typedef btf_trace_mm_migrate_pages *( *., long-unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int, &migrate_mode, int).
typedef btf_trace_mm_migrate_pages_start *( *., &migrate_mode, int).
typedef btf_trace_mm_page_alloc *( *., *+page, unsigned-int, gfp_t, int).
typedef btf_trace_mm_page_alloc_extfrag *( *., *+page, int, int, int, int).
typedef btf_trace_mm_page_alloc_zone_locked *( *., *+page, unsigned-int, int, int).
typedef btf_trace_mm_page_free *( *., *+page, unsigned-int).
typedef btf_trace_mm_page_free_batched *( *., *+page).
typedef btf_trace_mm_page_pcpu_drain *( *., *+page, unsigned-int, int).
typedef btf_trace_mm_setup_per_zone_lowmem_reserve *( *., *+zone, *+zone, long-int).
typedef btf_trace_mm_setup_per_zone_wmarks *( *., *+zone).
typedef btf_trace_mm_shrink_slab_end *( *., *+shrinker, int, int, long-int, long-int, long-int).
typedef btf_trace_mm_shrink_slab_start *( *., *+shrinker, *+shrink_control, long-int, long-unsigned-int, long-long-unsigned-int, long-unsigned-int, int).
typedef btf_trace_mm_vmscan_direct_reclaim_begin *( *., int, gfp_t).
typedef btf_trace_mm_vmscan_direct_reclaim_end *( *., long-unsigned-int).
typedef btf_trace_mm_vmscan_kswapd_sleep *( *., int).
typedef btf_trace_mm_vmscan_kswapd_wake *( *., int, int, int).
typedef btf_trace_mm_vmscan_lru_isolate *( *., int, int, long-unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int, int).
typedef btf_trace_mm_vmscan_lru_shrink_active *( *., int, long-unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int, int, int).
typedef btf_trace_mm_vmscan_lru_shrink_inactive *( *., int, long-unsigned-int, long-unsigned-int, *+reclaim_stat, int, int).
typedef btf_trace_mm_vmscan_memcg_reclaim_begin *( *., int, gfp_t).
typedef btf_trace_mm_vmscan_memcg_reclaim_end *( *., long-unsigned-int).
typedef btf_trace_mm_vmscan_memcg_softlimit_reclaim_begin *( *., int, gfp_t).
typedef btf_trace_mm_vmscan_memcg_softlimit_reclaim_end *( *., long-unsigned-int).
typedef btf_trace_mm_vmscan_node_reclaim_begin *( *., int, int, gfp_t).
typedef btf_trace_mm_vmscan_node_reclaim_end *( *., long-unsigned-int).
typedef btf_trace_mm_vmscan_reclaim_pages *( *., int, long-unsigned-int, long-unsigned-int, *+reclaim_stat).
typedef btf_trace_mm_vmscan_throttled *( *., int, int, int, int).
typedef btf_trace_mm_vmscan_wakeup_kswapd *( *., int, int, int, gfp_t).
typedef btf_trace_mm_vmscan_write_folio *( *., *+folio).
typedef btf_trace_mmap_lock_acquire_returned *( *., *+mm_struct, bool, bool).
typedef btf_trace_mmap_lock_released *( *., *+mm_struct, bool).
typedef btf_trace_mmap_lock_start_locking *( *., *+mm_struct, bool).
typedef btf_trace_mod_memcg_lruvec_state *( *., *+mem_cgroup, int, int).
typedef btf_trace_mod_memcg_state *( *., *+mem_cgroup, int, int).
typedef btf_trace_mptcp_sendmsg_frag *( *., *+mptcp_ext).
typedef btf_trace_mptcp_subflow_get_send *( *., *+mptcp_subflow_context).
typedef btf_trace_napi_gro_frags_entry *( *., *!+sk_buff).
typedef btf_trace_napi_gro_frags_exit *( *., int).
typedef btf_trace_napi_gro_receive_entry *( *., *!+sk_buff).
typedef btf_trace_napi_gro_receive_exit *( *., int).
typedef btf_trace_napi_poll *( *., *+napi_struct, int, int).
typedef btf_trace_neigh_cleanup_and_release *( *., *+neighbour, int).
typedef btf_trace_neigh_create *( *., *+neigh_table, *+net_device, *!., *!+neighbour, bool).
typedef btf_trace_neigh_event_send_dead *( *., *+neighbour, int).
typedef btf_trace_neigh_event_send_done *( *., *+neighbour, int).
typedef btf_trace_neigh_timer_handler *( *., *+neighbour, int).
typedef btf_trace_neigh_update *( *., *+neighbour, *!u8, u8, u32, u32).
typedef btf_trace_neigh_update_done *( *., *+neighbour, int).
typedef btf_trace_net_dev_queue *( *., *+sk_buff).
typedef btf_trace_net_dev_start_xmit *( *., *!+sk_buff, *!+net_device).
typedef btf_trace_net_dev_xmit *( *., *+sk_buff, int, *+net_device, unsigned-int).
typedef btf_trace_net_dev_xmit_timeout *( *., *+net_device, int).
typedef btf_trace_netif_receive_skb *( *., *+sk_buff).
typedef btf_trace_netif_receive_skb_entry *( *., *!+sk_buff).
typedef btf_trace_netif_receive_skb_exit *( *., int).
typedef btf_trace_netif_receive_skb_list_entry *( *., *!+sk_buff).
typedef btf_trace_netif_receive_skb_list_exit *( *., int).
typedef btf_trace_netif_rx *( *., *+sk_buff).
typedef btf_trace_netif_rx_entry *( *., *!+sk_buff).
typedef btf_trace_netif_rx_exit *( *., int).
typedef btf_trace_netlink_extack *( *., *!char).
typedef btf_trace_nmi_handler *( *., *., s64, int).
typedef btf_trace_notifier_register *( *., *.).
typedef btf_trace_notifier_run *( *., *.).
typedef btf_trace_notifier_unregister *( *., *.).
typedef btf_trace_oom_score_adj_update *( *., *+task_struct).
typedef btf_trace_page_cache_async_ra *( *., *+inode, long-unsigned-int, *+file_ra_state, long-unsigned-int).
typedef btf_trace_page_cache_ra_order *( *., *+inode, long-unsigned-int, *+file_ra_state).
typedef btf_trace_page_cache_ra_unbounded *( *., *+inode, long-unsigned-int, long-unsigned-int, long-unsigned-int).
typedef btf_trace_page_cache_sync_ra *( *., *+inode, long-unsigned-int, *+file_ra_state, long-unsigned-int).
typedef btf_trace_page_fault_kernel *( *., long-unsigned-int, *+pt_regs, long-unsigned-int).
typedef btf_trace_page_fault_user *( *., long-unsigned-int, *+pt_regs, long-unsigned-int).
typedef btf_trace_page_pool_release *( *., *!+page_pool, s32, u32, u32).
typedef btf_trace_page_pool_state_hold *( *., *!+page_pool, netmem_ref, u32).
typedef btf_trace_page_pool_state_release *( *., *!+page_pool, netmem_ref, u32).
typedef btf_trace_page_pool_update_nid *( *., *!+page_pool, int).
typedef btf_trace_pelt_cfs_tp *( *., *+cfs_rq).
typedef btf_trace_pelt_dl_tp *( *., *+rq).
typedef btf_trace_pelt_hw_tp *( *., *+rq).
typedef btf_trace_pelt_irq_tp *( *., *+rq).
typedef btf_trace_pelt_rt_tp *( *., *+rq).
typedef btf_trace_pelt_se_tp *( *., *+sched_entity).
typedef btf_trace_percpu_alloc_percpu *( *., long-unsigned-int, bool, bool, size_t, size_t, *., int, *., size_t, gfp_t).
typedef btf_trace_percpu_alloc_percpu_fail *( *., bool, bool, size_t, size_t).
typedef btf_trace_percpu_create_chunk *( *., *.).
typedef btf_trace_percpu_destroy_chunk *( *., *.).
typedef btf_trace_percpu_free_percpu *( *., *., int, *.).
typedef btf_trace_pm_qos_add_request *( *., s32).
typedef btf_trace_pm_qos_remove_request *( *., s32).
typedef btf_trace_pm_qos_update_flags *( *., &pm_qos_req_action, int, int).
typedef btf_trace_pm_qos_update_request *( *., s32).
typedef btf_trace_pm_qos_update_target *( *., &pm_qos_req_action, int, int).
typedef btf_trace_posix_lock_inode *( *., *+inode, *+file_lock, int).
typedef btf_trace_pstate_sample *( *., u32, u32, u32, u32, u64, u64, u64, u32, u32).
typedef btf_trace_purge_vmap_area_lazy *( *., long-unsigned-int, long-unsigned-int, unsigned-int).
typedef btf_trace_qdisc_create *( *., *!+Qdisc_ops, *+net_device, u32).
typedef btf_trace_qdisc_dequeue *( *., *+Qdisc, *!+netdev_queue, int, *+sk_buff).
typedef btf_trace_qdisc_destroy *( *., *+Qdisc).
typedef btf_trace_qdisc_enqueue *( *., *+Qdisc, *!+netdev_queue, *+sk_buff).
typedef btf_trace_qdisc_reset *( *., *+Qdisc).
typedef btf_trace_rcu_stall_warning *( *., *!char, *!char).
typedef btf_trace_rcu_utilization *( *., *!char).
typedef btf_trace_rdpmc *( *., unsigned-int, u64, int).
typedef btf_trace_read_msr *( *., unsigned-int, u64, int).
typedef btf_trace_reclaim_retry_zone *( *., *+zoneref, int, long-unsigned-int, long-unsigned-int, long-unsigned-int, int, bool).
typedef btf_trace_remove_device_from_group *( *., int, *+device).
typedef btf_trace_remove_migration_pmd *( *., long-unsigned-int, long-unsigned-int).
typedef btf_trace_remove_migration_pte *( *., long-unsigned-int, long-unsigned-int, int).
typedef btf_trace_reschedule_entry *( *., int).
typedef btf_trace_reschedule_exit *( *., int).
typedef btf_trace_rseq_ip_fixup *( *., long-unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int).
typedef btf_trace_rseq_update *( *., *+task_struct).
typedef btf_trace_rss_stat *( *., *+mm_struct, int).
typedef btf_trace_sb_clear_inode_writeback *( *., *+inode).
typedef btf_trace_sb_mark_inode_writeback *( *., *+inode).
typedef btf_trace_sched_compute_energy_tp *( *., *+task_struct, int, long-unsigned-int, long-unsigned-int, long-unsigned-int).
typedef btf_trace_sched_cpu_capacity_tp *( *., *+rq).
typedef btf_trace_sched_entry_tp *( *., bool).
typedef btf_trace_sched_exit_tp *( *., bool).
typedef btf_trace_sched_kthread_stop *( *., *+task_struct).
typedef btf_trace_sched_kthread_stop_ret *( *., int).
typedef btf_trace_sched_kthread_work_execute_end *( *., *+kthread_work, kthread_work_func_t).
typedef btf_trace_sched_kthread_work_execute_start *( *., *+kthread_work).
typedef btf_trace_sched_kthread_work_queue_work *( *., *+kthread_worker, *+kthread_work).
typedef btf_trace_sched_migrate_task *( *., *+task_struct, int).
typedef btf_trace_sched_move_numa *( *., *+task_struct, int, int).
typedef btf_trace_sched_overutilized_tp *( *., *+root_domain, bool).
typedef btf_trace_sched_pi_setprio *( *., *+task_struct, *+task_struct).
typedef btf_trace_sched_prepare_exec *( *., *+task_struct, *+linux_binprm).
typedef btf_trace_sched_process_exec *( *., *+task_struct, pid_t, *+linux_binprm).
typedef btf_trace_sched_process_exit *( *., *+task_struct, bool).
typedef btf_trace_sched_process_fork *( *., *+task_struct, *+task_struct).
typedef btf_trace_sched_process_free *( *., *+task_struct).
typedef btf_trace_sched_process_hang *( *., *+task_struct).
typedef btf_trace_sched_process_wait *( *., *+pid).
typedef btf_trace_sched_set_need_resched_tp *( *., *+task_struct, int, int).
typedef btf_trace_sched_skip_cpuset_numa *( *., *+task_struct, *nodemask_t).
typedef btf_trace_sched_skip_vma_numa *( *., *+mm_struct, *+vm_area_struct, &numa_vmaskip_reason).
typedef btf_trace_sched_stat_runtime *( *., *+task_struct, u64).
typedef btf_trace_sched_stick_numa *( *., *+task_struct, int, *+task_struct, int).
typedef btf_trace_sched_swap_numa *( *., *+task_struct, int, *+task_struct, int).
typedef btf_trace_sched_switch *( *., bool, *+task_struct, *+task_struct, unsigned-int).
typedef btf_trace_sched_update_nr_running_tp *( *., *+rq, int).
typedef btf_trace_sched_util_est_cfs_tp *( *., *+cfs_rq).
typedef btf_trace_sched_util_est_se_tp *( *., *+sched_entity).
typedef btf_trace_sched_wait_task *( *., *+task_struct).
typedef btf_trace_sched_wake_idle_without_ipi *( *., int).
typedef btf_trace_sched_wakeup *( *., *+task_struct).
typedef btf_trace_sched_wakeup_new *( *., *+task_struct).
typedef btf_trace_sched_waking *( *., *+task_struct).
typedef btf_trace_selinux_audited *( *., *+selinux_audit_data, *char, *char, *!char).
typedef btf_trace_set_migration_pmd *( *., long-unsigned-int, long-unsigned-int).
typedef btf_trace_set_migration_pte *( *., long-unsigned-int, long-unsigned-int, int).
typedef btf_trace_signal_deliver *( *., int, *+kernel_siginfo, *+k_sigaction).
typedef btf_trace_signal_generate *( *., int, *+kernel_siginfo, *+task_struct, int, int).
typedef btf_trace_sk_data_ready *( *., *!+sock).
typedef btf_trace_skb_copy_datagram_iovec *( *., *!+sk_buff, int).
typedef btf_trace_skip_task_reaping *( *., int).
typedef btf_trace_sock_exceed_buf_limit *( *., *+sock, *+proto, long-int, int).
typedef btf_trace_sock_rcvqueue_full *( *., *+sock, *+sk_buff).
typedef btf_trace_sock_recv_length *( *., *+sock, int, int).
typedef btf_trace_sock_send_length *( *., *+sock, int, int).
typedef btf_trace_softirq_entry *( *., unsigned-int).
typedef btf_trace_softirq_exit *( *., unsigned-int).
typedef btf_trace_softirq_raise *( *., unsigned-int).
typedef btf_trace_spurious_apic_entry *( *., int).
typedef btf_trace_spurious_apic_exit *( *., int).
typedef btf_trace_start_task_reaping *( *., int).
typedef btf_trace_subflow_check_data_avail *( *., __u8, *+sk_buff).
typedef btf_trace_suspend_resume *( *., *!char, int, bool).
typedef btf_trace_swiotlb_bounced *( *., *+device, dma_addr_t, size_t).
typedef btf_trace_sys_enter *( *., *+pt_regs, long-int).
typedef btf_trace_sys_exit *( *., *+pt_regs, long-int).
typedef btf_trace_task_newtask *( *., *+task_struct, u64).
typedef btf_trace_task_prctl_unknown *( *., int, long-unsigned-int, long-unsigned-int, long-unsigned-int, long-unsigned-int).
typedef btf_trace_task_rename *( *., *+task_struct, *!char).
typedef btf_trace_tasklet_entry *( *., *+tasklet_struct, *.).
typedef btf_trace_tasklet_exit *( *., *+tasklet_struct, *.).
typedef btf_trace_tcp_ao_handshake_failure *( *., *!+sock, *!+sk_buff, !__u8, !__u8, !__u8).
typedef btf_trace_tcp_bad_csum *( *., *!+sk_buff).
typedef btf_trace_tcp_cong_state_set *( *., *+sock, !u8).
typedef btf_trace_tcp_cwnd_reduction_tp *( *., *!+sock, int, int, int).
typedef btf_trace_tcp_destroy_sock *( *., *+sock).
typedef btf_trace_tcp_hash_ao_required *( *., *!+sock, *!+sk_buff).
typedef btf_trace_tcp_hash_bad_header *( *., *!+sock, *!+sk_buff).
typedef btf_trace_tcp_hash_md5_mismatch *( *., *!+sock, *!+sk_buff).
typedef btf_trace_tcp_hash_md5_required *( *., *!+sock, *!+sk_buff).
typedef btf_trace_tcp_hash_md5_unexpected *( *., *!+sock, *!+sk_buff).
typedef btf_trace_tcp_probe *( *., *+sock, *!+sk_buff).
typedef btf_trace_tcp_rcv_space_adjust *( *., *+sock).
typedef btf_trace_tcp_rcvbuf_grow *( *., *+sock, int).
typedef btf_trace_tcp_receive_reset *( *., *+sock).
typedef btf_trace_tcp_retransmit_skb *( *., *!+sock, *!+sk_buff, int).
typedef btf_trace_tcp_retransmit_synack *( *., *!+sock, *!+request_sock).
typedef btf_trace_tcp_send_reset *( *., *!+sock, *!+sk_buff, !&sk_rst_reason).
typedef btf_trace_tcp_sendmsg_locked *( *., *!+sock, *!+msghdr, *!+sk_buff, int).
typedef btf_trace_test_pages_isolated *( *., long-unsigned-int, long-unsigned-int, long-unsigned-int).
typedef btf_trace_tick_stop *( *., int, int).
typedef btf_trace_time_out_leases *( *., *+inode, *+file_lease).
typedef btf_trace_timer_base_idle *( *., bool, unsigned-int).
typedef btf_trace_timer_cancel *( *., *+timer_list).
typedef btf_trace_timer_expire_entry *( *., *+timer_list, long-unsigned-int).
typedef btf_trace_timer_expire_exit *( *., *+timer_list).
typedef btf_trace_timer_init *( *., *+timer_list).
typedef btf_trace_timer_start *( *., *+timer_list, long-unsigned-int).
typedef btf_trace_tlb_flush *( *., int, long-unsigned-int).
typedef btf_trace_track_foreign_dirty *( *., *+folio, *+bdi_writeback).
typedef btf_trace_udp_fail_queue_rcv_skb *( *., int, *+sock, *+sk_buff).
typedef btf_trace_unmap *( *., long-unsigned-int, size_t, size_t).
typedef btf_trace_update_bytes_may_use *( *., *!+btrfs_fs_info, *!+btrfs_space_info, u64, s64).
typedef btf_trace_update_bytes_pinned *( *., *!+btrfs_fs_info, *!+btrfs_space_info, u64, s64).
typedef btf_trace_update_bytes_zone_unusable *( *., *!+btrfs_fs_info, *!+btrfs_space_info, u64, s64).
typedef btf_trace_vcpu_match_mmio *( *., gva_t, gpa_t, bool, bool).
typedef btf_trace_vector_activate *( *., unsigned-int, bool, bool, bool).
typedef btf_trace_vector_alloc *( *., unsigned-int, unsigned-int, bool, int).
typedef btf_trace_vector_alloc_managed *( *., unsigned-int, unsigned-int, int).
typedef btf_trace_vector_clear *( *., unsigned-int, unsigned-int, unsigned-int, unsigned-int, unsigned-int).
typedef btf_trace_vector_config *( *., unsigned-int, unsigned-int, unsigned-int, unsigned-int).
typedef btf_trace_vector_deactivate *( *., unsigned-int, bool, bool, bool).
typedef btf_trace_vector_free_moved *( *., unsigned-int, unsigned-int, unsigned-int, bool).
typedef btf_trace_vector_reserve *( *., unsigned-int, int).
typedef btf_trace_vector_reserve_managed *( *., unsigned-int, int).
typedef btf_trace_vector_setup *( *., unsigned-int, bool, int).
typedef btf_trace_vector_teardown *( *., unsigned-int, bool, bool).
typedef btf_trace_vector_update *( *., unsigned-int, unsigned-int, unsigned-int, unsigned-int, unsigned-int).
typedef btf_trace_virtio_transport_alloc_pkt *( *., __u32, __u32, __u32, __u32, __u32, __u16, __u16, __u32, bool).
typedef btf_trace_virtio_transport_recv_pkt *( *., __u32, __u32, __u32, __u32, __u32, __u16, __u16, __u32, __u32, __u32).
typedef btf_trace_vm_unmapped_area *( *., long-unsigned-int, *+vm_unmapped_area_info).
typedef btf_trace_wake_reaper *( *., int).
typedef btf_trace_wakeup_source_activate *( *., *!char, unsigned-int).
typedef btf_trace_wakeup_source_deactivate *( *., *!char, unsigned-int).
typedef btf_trace_wbc_writepage *( *., *+writeback_control, *+backing_dev_info).
typedef btf_trace_wbt_lat *( *., *+backing_dev_info, long-unsigned-int).
typedef btf_trace_wbt_stat *( *., *+backing_dev_info, *+blk_rq_stat).
typedef btf_trace_wbt_step *( *., *+backing_dev_info, *!char, int, long-unsigned-int, unsigned-int, unsigned-int, unsigned-int).
typedef btf_trace_wbt_timer *( *., *+backing_dev_info, unsigned-int, int, unsigned-int).
typedef btf_trace_workqueue_activate_work *( *., *+work_struct).
typedef btf_trace_workqueue_execute_end *( *., *+work_struct, work_func_t).
typedef btf_trace_workqueue_execute_start *( *., *+work_struct).
typedef btf_trace_workqueue_queue_work *( *., int, *+pool_workqueue, *+work_struct).
typedef btf_trace_write_msr *( *., unsigned-int, u64, int).
typedef btf_trace_writeback_bdi_register *( *., *+backing_dev_info).
typedef btf_trace_writeback_dirty_folio *( *., *+folio, *+address_space).
typedef btf_trace_writeback_dirty_inode *( *., *+inode, int).
typedef btf_trace_writeback_dirty_inode_enqueue *( *., *+inode).
typedef btf_trace_writeback_dirty_inode_start *( *., *+inode, int).
typedef btf_trace_writeback_exec *( *., *+bdi_writeback, *+wb_writeback_work).
typedef btf_trace_writeback_lazytime *( *., *+inode).
typedef btf_trace_writeback_lazytime_iput *( *., *+inode).
typedef btf_trace_writeback_mark_inode_dirty *( *., *+inode, int).
typedef btf_trace_writeback_pages_written *( *., long-int).
typedef btf_trace_writeback_queue *( *., *+bdi_writeback, *+wb_writeback_work).
typedef btf_trace_writeback_queue_io *( *., *+bdi_writeback, *+wb_writeback_work, long-unsigned-int, int).
typedef btf_trace_writeback_sb_inodes_requeue *( *., *+inode).
typedef btf_trace_writeback_single_inode *( *., *+inode, *+writeback_control, long-unsigned-int).
typedef btf_trace_writeback_single_inode_start *( *., *+inode, *+writeback_control, long-unsigned-int).
typedef btf_trace_writeback_start *( *., *+bdi_writeback, *+wb_writeback_work).
typedef btf_trace_writeback_wait *( *., *+bdi_writeback, *+wb_writeback_work).
typedef btf_trace_writeback_wake_background *( *., *+bdi_writeback).
typedef btf_trace_writeback_write_inode *( *., *+inode, *+writeback_control).
typedef btf_trace_writeback_write_inode_start *( *., *+inode, *+writeback_control).
typedef btf_trace_writeback_written *( *., *+bdi_writeback, *+wb_writeback_work).
typedef btf_trace_x86_fpu_after_save *( *., *+fpu).
typedef btf_trace_x86_fpu_before_save *( *., *+fpu).
typedef btf_trace_x86_fpu_copy_dst *( *., *+fpu).
typedef btf_trace_x86_fpu_dropped *( *., *+fpu).
typedef btf_trace_x86_fpu_regs_activated *( *., *+fpu).
typedef btf_trace_x86_fpu_regs_deactivated *( *., *+fpu).
typedef btf_trace_x86_fpu_xstate_check_failed *( *., *+fpu).
typedef btf_trace_x86_platform_ipi_entry *( *., int).
typedef btf_trace_x86_platform_ipi_exit *( *., int).
typedef btf_trace_xdp_bulk_tx *( *., *!+net_device, int, int, int).
typedef btf_trace_xdp_cpumap_enqueue *( *., int, unsigned-int, unsigned-int, int).
typedef btf_trace_xdp_cpumap_kthread *( *., int, unsigned-int, unsigned-int, int, *+xdp_cpumap_stats).
typedef btf_trace_xdp_devmap_xmit *( *., *!+net_device, *!+net_device, int, int, int).
typedef btf_trace_xdp_exception *( *., *!+net_device, *!+bpf_prog, u32).
typedef btf_trace_xdp_redirect *( *., *!+net_device, *!+bpf_prog, *!., int, &bpf_map_type, u32, u32).
typedef btf_trace_xdp_redirect_err *( *., *!+net_device, *!+bpf_prog, *!., int, &bpf_map_type, u32, u32).
`;
