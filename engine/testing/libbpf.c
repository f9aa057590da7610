// What libbpf hands to Linux, without Linux: the bpf(2) calls of libbpf are answered here, so that no privilege is needed and a
// program that Linux would refuse is shown all the same.
//
//     cc -O2 -o libbpf-says libbpf.c -lbpf -lelf -lz
//     libbpf-says [--btf BTF] [--config FILE] [--kallsyms FILE] FILE.o ...
//
// BTF (raw), the configuration and the symbols take the place of the running kernel's, whose release is 6.18.0 here. One JSON
// object a line: {"file","btf"} once a file, {"file","map",...} for each map, {"file","update",...} for what it is filled with,
// {"file","prog",...} for each program (each loaded alone), "fail" where libbpf gives up. Bytes are hex. An ld_imm64 of a map
// holds the index into "maps" as its imm.
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#define LARGEST_VALUE 4096

static struct bpf_object *object;
static const char *file;
static bool first;
static struct bpf_program *wanted;
static struct bpf_program *loaded;
static union bpf_attr kept;
static int own_type;
static char words[4096];

static long direct(long n, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall" : "=a"(result)
			 : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	if (result < 0 && result > -4096) {
		errno = -result;
		return -1;
	}
	return result;
}

static void print_text(const char *key, const char *text)
{
	printf(",\"%s\":\"", key);
	for (; *text; text++) {
		unsigned char c = *text;

		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < 32 || c > 126)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void print_bytes(const char *key, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;

	printf(",\"%s\":\"", key);
	for (size_t i = 0; i < size; i++)
		printf("%02x", at[i]);
	putchar('"');
}

static void begin(void)
{
	printf("{\"file\":\"");
	for (const char *c = file; *c; c++)
		putchar(*c);
	putchar('"');
}

static void *copy(__u64 from, size_t size)
{
	void *to = malloc(size + 1);

	memcpy(to, (void *)(long)from, size);
	return to;
}

// File descriptors of maps are known when the object is loaded: the arguments wait until then.
static void keep_program(struct bpf_program *prog, const union bpf_attr *attr)
{
	loaded = prog;
	kept = *attr;
	kept.insns = (long)copy(attr->insns, attr->insn_cnt * sizeof(struct bpf_insn));
	kept.license = (long)strdup((char *)(long)attr->license);
	kept.func_info = (long)copy(attr->func_info, (size_t)attr->func_info_cnt * attr->func_info_rec_size);
	kept.line_info = (long)copy(attr->line_info, (size_t)attr->line_info_cnt * attr->line_info_rec_size);
}

static int map_index(struct bpf_object *opened, int fd)
{
	struct bpf_map *map;
	int i = 0;

	bpf_object__for_each_map(map, opened) {
		if (bpf_map__fd(map) == fd)
			return i;
		i++;
	}
	return -1;
}

static void print_program(struct bpf_object *opened)
{
	const union bpf_attr *attr = &kept;
	struct bpf_insn *insns = (void *)(long)attr->insns;
	size_t size = attr->insn_cnt * sizeof(*insns);
	struct bpf_program *prog = loaded;
	struct bpf_map *map;
	bool more = false;

	for (unsigned int i = 0; i < attr->insn_cnt; i++) {
		if (insns[i].code != (BPF_LD | BPF_IMM | BPF_DW))
			continue;
		if (insns[i].src_reg == BPF_PSEUDO_MAP_FD || insns[i].src_reg == BPF_PSEUDO_MAP_VALUE) {
			int index = map_index(opened, insns[i].imm);

			// A number that is no map's was in the object: it stays.
			if (index >= 0)
				insns[i].imm = index;
		}
		i++;
	}
	begin();
	print_text("prog", bpf_program__name(prog));
	print_text("section", bpf_program__section_name(prog));
	printf(",\"type\":%u,\"attach\":%u,\"flags\":%u,\"attach_btf_id\":%u,\"kern_version\":%u",
	       own_type, attr->expected_attach_type, attr->prog_flags, attr->attach_btf_id,
	       attr->kern_version);
	print_text("license", (const char *)(long)attr->license);
	print_bytes("insns", insns, size);
	print_bytes("func_info", (void *)(long)attr->func_info,
		    (size_t)attr->func_info_cnt * attr->func_info_rec_size);
	print_bytes("line_info", (void *)(long)attr->line_info,
		    (size_t)attr->line_info_cnt * attr->line_info_rec_size);
	printf(",\"maps\":[");
	bpf_object__for_each_map(map, opened) {
		printf("%s\"%s\"", more ? "," : "", bpf_map__name(map));
		more = true;
	}
	printf("]}\n");
	free(insns);
	free((void *)(long)attr->license);
	free((void *)(long)attr->func_info);
	free((void *)(long)attr->line_info);
}

static int stand_in(void)
{
	int fd = direct(SYS_memfd_create, (long)"map", 0, 0, 0, 0, 0);

	if (ftruncate(fd, 64L << 20))
		return -1;
	return fd;
}

static long map_create(const union bpf_attr *attr)
{
	int fd = stand_in();

	if (!first || !object)
		return fd;
	begin();
	print_text("map", attr->map_name);
	printf(",\"fd\":%d,\"type\":%u,\"key\":%u,\"value\":%u,\"max\":%u,\"flags\":%u,\"extra\":%llu", fd,
	       attr->map_type, attr->key_size, attr->value_size, attr->max_entries, attr->map_flags,
	       (unsigned long long)attr->map_extra);
	printf(",\"btf_key\":%u,\"btf_value\":%u,\"btf_vmlinux_value\":%u,\"inner\":%u,\"ifindex\":%u,\"numa\":%u}\n",
	       attr->btf_key_type_id, attr->btf_value_type_id, attr->btf_vmlinux_value_type_id,
	       attr->inner_map_fd, attr->map_ifindex, attr->numa_node);
	return fd;
}

static long map_update(const union bpf_attr *attr)
{
	struct bpf_map *map;

	if (!first || !object)
		return 0;
	bpf_object__for_each_map(map, object) {
		size_t size = 0;
		const void *value = bpf_map__initial_value(map, &size);

		if (!value || value != (void *)(long)attr->value || size > LARGEST_VALUE)
			continue;
		begin();
		print_text("update", bpf_map__name(map));
		print_bytes("value", value, size);
		printf("}\n");
	}
	return 0;
}

static long bpf_call(int command, const union bpf_attr *attr)
{
	switch (command) {
	case BPF_MAP_CREATE:
		return map_create(attr);
	case BPF_MAP_UPDATE_ELEM:
		return map_update(attr);
	case BPF_MAP_FREEZE:
	case BPF_PROG_BIND_MAP:
		return 0;
	case BPF_BTF_LOAD:
		if (first && object && attr->btf_size > 256) {
			begin();
			print_bytes("btf", (void *)(long)attr->btf, attr->btf_size);
			printf("}\n");
		}
		return stand_in();
	case BPF_PROG_LOAD:
		if (object && (long)attr->insns == (long)bpf_program__insns(wanted))
			keep_program(wanted, attr);
		return stand_in();
	case BPF_BTF_GET_NEXT_ID:
		errno = ENOENT;
		return -1;
	default:
		errno = EINVAL;
		return -1;
	}
}

// Takes the place of libc's: libbpf makes its bpf(2) calls through it.
long syscall(long number, ...)
{
	va_list list;
	long a[6];

	va_start(list, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(list, long);
	va_end(list);
	if (number == SYS_bpf)
		return bpf_call(a[0], (const union bpf_attr *)a[1]);
	return direct(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

// Files of the running kernel and what takes their place; unset ones are the kernel's.
static struct {
	const char *path;
	const char *instead;
} files[] = {{"/sys/kernel/btf/vmlinux"}, {"/proc/config.gz"}, {"/proc/kallsyms"}};

static const char *instead_of(const char *path)
{
	if (strncmp(path, "/boot/", 6) == 0 && files[1].instead)
		return "/nonexistent";
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (files[i].instead && strcmp(path, files[i].path) == 0)
			return files[i].instead;
	return path;
}

FILE *fopen(const char *path, const char *mode)
{
	FILE *(*next)(const char *, const char *) = dlsym(RTLD_NEXT, "fopen");

	return next(instead_of(path), mode);
}

FILE *fopen64(const char *path, const char *mode)
{
	return fopen(path, mode);
}

void *gzopen(const char *path, const char *mode)
{
	void *(*next)(const char *, const char *) = dlsym(RTLD_NEXT, "gzopen");

	return next(instead_of(path), mode);
}

void *gzopen64(const char *path, const char *mode)
{
	return gzopen(path, mode);
}

int faccessat(int dir, const char *path, int mode, int flags)
{
	(void)flags;
	return direct(SYS_faccessat, dir, (long)instead_of(path), mode, 0, 0, 0);
}

int uname(struct utsname *name)
{
	int result = direct(SYS_uname, (long)name, 0, 0, 0, 0, 0);

	strcpy(name->release, "6.18.0");
	return result;
}

static int keep_words(enum libbpf_print_level level, const char *format, va_list args)
{
	size_t used = strlen(words);

	if (level == LIBBPF_WARN)
		vsnprintf(words + used, sizeof(words) - used, format, args);
	return 0;
}

static void fail(const char *prog, int error)
{
	begin();
	if (prog)
		print_text("prog", prog);
	printf(",\"errno\":%d", -error);
	print_text("fail", words);
	printf("}\n");
}

static struct bpf_object *open_file(void)
{
	struct bpf_object *opened;
	struct bpf_map *map;

	words[0] = 0;
	opened = bpf_object__open_file(file, NULL);
	if (!opened)
		return NULL;
	bpf_object__for_each_map(map, opened)
		bpf_map__set_pin_path(map, NULL);
	return opened;
}

static void load_one(const char *name)
{
	struct bpf_object *opened = open_file();
	struct bpf_program *prog;
	int error;

	if (!opened)
		return;
	bpf_object__for_each_program(prog, opened) {
		bool mine = strcmp(bpf_program__name(prog), name) == 0;

		bpf_program__set_autoload(prog, mine);
		if (!mine)
			continue;
		wanted = prog;
		own_type = bpf_program__type(prog);
		// A section name that says nothing: the user would choose.
		if (own_type == BPF_PROG_TYPE_UNSPEC)
			bpf_program__set_type(prog, BPF_PROG_TYPE_SOCKET_FILTER);
	}
	words[0] = 0;
	loaded = NULL;
	object = opened;
	error = bpf_object__load(opened);
	object = NULL;
	if (loaded)
		print_program(opened);
	else
		fail(name, error);
	first = false;
	bpf_object__close(opened);
}

int main(int argc, char **argv)
{
	const char *names[] = {"--btf", "--config", "--kallsyms"};

	libbpf_set_print(keep_words);
	printf("{\"libbpf\":\"%s\"}\n", libbpf_version_string());
	for (int i = 1; i < argc; i++) {
		struct bpf_program *prog;
		struct bpf_object *opened;

		bool is_option = false;

		for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
			if (strcmp(argv[i], names[n]) == 0 && i + 1 < argc) {
				files[n].instead = argv[++i];
				is_option = true;
			}
		if (is_option)
			continue;
		file = argv[i];
		first = true;
		opened = open_file();
		if (!opened) {
			fail(NULL, -errno);
			continue;
		}
		bpf_object__for_each_program(prog, opened)
			load_one(bpf_program__name(prog));
		bpf_object__close(opened);
		fflush(stdout);
	}
	return 0;
}
