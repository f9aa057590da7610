// A policy on files by LSM hooks: paths below protected folders may be written by chosen programs only, programs start from known
// places, and what happens is told to user space.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define EPERM 1
#define PATH 256
#define NAME 16
#define FMODE_WRITE 2
#define DEPTH 16
#define PART 64

enum verb { VERB_OPEN, VERB_EXEC, VERB_UNLINK, VERB_RENAME, VERB_MOUNT, VERB_KILL };

struct folder {
	__u32 length;
	char path[PATH];
};

struct rule {
	__u32 verbs;
	__u32 deny;
	char program[NAME];
};

struct happened {
	__u64 time;
	__u32 pid, uid;
	__u32 verb;
	__s32 result;
	char name[NAME];
	char path[PATH];
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 512);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct folder);
	__type(value, struct rule);
} folders SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 512);
	__type(key, __u64);
	__type(value, struct rule);
} inodes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct folder);
} scratch SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 18);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_INODE_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u64);
} written SEC(".maps");

const volatile bool enforce = true;
const volatile __u32 admin = 0;
__u64 lost;

static __always_inline void tell(enum verb verb, int result, const struct folder *where)
{
	struct happened *h = bpf_ringbuf_reserve(&events, sizeof(*h), 0);
	__u64 id = bpf_get_current_pid_tgid();

	if (!h) {
		__sync_fetch_and_add(&lost, 1);
		return;
	}
	h->time = bpf_ktime_get_boot_ns();
	h->pid = id >> 32;
	h->uid = bpf_get_current_uid_gid();
	h->verb = verb;
	h->result = result;
	bpf_get_current_comm(h->name, sizeof(h->name));
	h->path[0] = 0;
	if (where)
		__builtin_memcpy(h->path, where->path, sizeof(h->path));
	bpf_ringbuf_submit(h, 0);
}

static __always_inline bool same_name(const char *a, const char *b)
{
	for (int i = 0; i < NAME; i++) {
		if (a[i] != b[i])
			return false;
		if (!a[i])
			break;
	}
	return true;
}

static __always_inline int judge(enum verb verb, const struct rule *rule)
{
	char name[NAME] = {};

	if (!rule || !(rule->verbs & 1u << verb))
		return 0;
	if ((__u32)bpf_get_current_uid_gid() == admin && admin)
		return 0;
	bpf_get_current_comm(name, sizeof(name));
	if (rule->program[0] && same_name(rule->program, name))
		return 0;
	return rule->deny ? -EPERM : 0;
}

static __always_inline int by_path(enum verb verb, struct folder *where)
{
	const struct rule *rule;
	int result;

	if (where->length == 0 || where->length > PATH * 8)
		return 0;
	rule = bpf_map_lookup_elem(&folders, where);
	if (!rule)
		return 0;
	result = judge(verb, rule);
	tell(verb, result, where);
	return enforce ? result : 0;
}

static __always_inline int by_inode(enum verb verb, struct inode *inode)
{
	__u64 key = BPF_CORE_READ(inode, i_ino);
	const struct rule *rule = bpf_map_lookup_elem(&inodes, &key);

	return rule && enforce ? judge(verb, rule) : 0;
}

SEC("lsm/file_open")
int BPF_PROG(file_open, struct file *file, int before)
{
	struct folder *where;
	__u32 zero = 0;
	__u64 *times;
	long length;

	if (before)
		return before;
	if (!(BPF_CORE_READ(file, f_mode) & FMODE_WRITE))
		return 0;
	where = bpf_map_lookup_elem(&scratch, &zero);
	if (!where)
		return 0;
	length = bpf_d_path(&file->f_path, where->path, sizeof(where->path));
	if (length < 0 || length > PATH)
		return 0;
	where->length = (length - 1) * 8;
	times = bpf_inode_storage_get(&written, file->f_inode, NULL, 1);
	if (times)
		__sync_fetch_and_add(times, 1);
	return by_path(VERB_OPEN, where);
}

SEC("lsm/bprm_check_security")
int BPF_PROG(start, struct linux_binprm *bprm, int before)
{
	struct folder *where;
	__u32 one = 1;
	long length;

	if (before)
		return before;
	where = bpf_map_lookup_elem(&scratch, &one);
	if (!where)
		return 0;
	length = bpf_probe_read_kernel_str(where->path, sizeof(where->path), bprm->filename);
	if (length <= 0)
		return 0;
	where->length = (length - 1) * 8;
	return by_path(VERB_EXEC, where);
}

SEC("lsm/path_unlink")
int BPF_PROG(unlinked, const struct path *folder, struct dentry *dentry, int before)
{
	return before ?: by_inode(VERB_UNLINK, BPF_CORE_READ(dentry, d_inode));
}

SEC("lsm/path_rename")
int BPF_PROG(renamed, const struct path *from, struct dentry *old, const struct path *to, struct dentry *new,
	     unsigned int flags, int before)
{
	int result = before ?: by_inode(VERB_RENAME, BPF_CORE_READ(old, d_inode));

	if (result)
		return result;
	return BPF_CORE_READ(new, d_inode) ? by_inode(VERB_RENAME, BPF_CORE_READ(new, d_inode)) : 0;
}

SEC("lsm/task_kill")
int BPF_PROG(killed, struct task_struct *target, struct kernel_siginfo *info, int signal, const struct cred *cred, int before)
{
	if (before || signal != 9)
		return before;
	if (BPF_CORE_READ(target, tgid) == 1) {
		tell(VERB_KILL, -EPERM, NULL);
		return -EPERM;
	}
	return 0;
}

/* What the same looks like where no LSM can be attached: the name from the dentries, part by part. */
SEC("kprobe/vfs_unlink")
int BPF_KPROBE(unlink_seen, struct mnt_idmap *idmap, struct inode *folder, struct dentry *dentry)
{
	struct folder *where;
	struct dentry *at = dentry;
	__u32 zero = 0, used = 0;

	where = bpf_map_lookup_elem(&scratch, &zero);
	if (!where)
		return 0;
	for (int i = 0; i < DEPTH; i++) {
		const unsigned char *name = BPF_CORE_READ(at, d_name.name);
		struct dentry *parent = BPF_CORE_READ(at, d_parent);
		long length;

		if (used >= PATH - PART)
			break;
		length = bpf_probe_read_kernel_str(&where->path[used], PART, name);
		if (length <= 0 || length > PART)
			break;
		used += length;
		if (parent == at)
			break;
		at = parent;
	}
	where->length = used * 8;
	tell(VERB_UNLINK, 0, where);
	return 0;
}

char _license[] SEC("license") = "GPL";
