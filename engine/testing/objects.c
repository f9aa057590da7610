/*
 * Puts single programs of BPF objects before the running kernel by way of libbpf and hands back what the verifier said. For
 * tests only: nothing is attached or pinned.
 *
 * A request is one line of fields separated by tabs:
 *     log level, log size, flags to set, flags to clear, file, program, companions
 * (companions: names of other programs to load with it, separated by commas). With the program left empty the answer lists the
 * programs of the file instead. The answer is a line of fields separated by tabs, the last of them the length of the text
 * that follows it:
 *     stage, errno, program type, attach type, flags, length of libbpf's words, length of the log
 * stage is ok, open, load (before BPF_PROG_LOAD), prog (the verdict) or crash; then come the words and the log. Each request is
 * answered by a child process, so that an object that upsets libbpf costs one answer.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

static char words[16384];
static bool prog_failed;

static int listen_to(enum libbpf_print_level level, const char *format, va_list list)
{
	if (level != LIBBPF_WARN)
		return 0;
	prog_failed |= strstr(format, "BPF program load failed") != NULL;
	if (strstr(format, "PROG LOAD LOG"))
		return 0;
	size_t at = strlen(words);
	vsnprintf(words + at, sizeof words - at, format, list);
	return 0;
}

/* Sections that libbpf 1.1 does not know; a newer one refuses none of them. */
static int set_sleepable(struct bpf_program *prog, long sleepable)
{
	return sleepable ? bpf_program__set_flags(prog, bpf_program__flags(prog) | BPF_F_SLEEPABLE) : 0;
}

static void add_sections(void)
{
	static const struct section {
		const char *name;
		int type, attach;
		bool sleepable;
	} sections[] = {
		{ "tcx/ingress", 3, 46, false },	{ "tcx/egress", 3, 47, false },
		{ "tc/ingress", 3, 46, false },		{ "tc/egress", 3, 47, false },
		{ "netkit/primary", 3, 54, false },	{ "netkit/peer", 3, 55, false },
		{ "netfilter", 32, 45, false },		{ "sk_skb/verdict", 14, 38, false },
		{ "uprobe.multi+", 2, 48, false },	{ "uretprobe.multi+", 2, 48, false },
		{ "uprobe.multi.s+", 2, 48, true },	{ "uretprobe.multi.s+", 2, 48, true },
		{ "kprobe.session+", 2, 56, false },	{ "uprobe.session+", 2, 57, false },
		{ "uprobe.session.s+", 2, 57, true },	{ "cgroup/connect_unix", 18, 49, false },
		{ "cgroup/sendmsg_unix", 18, 50, false }, { "cgroup/recvmsg_unix", 18, 51, false },
		{ "cgroup/getpeername_unix", 18, 52, false }, { "cgroup/getsockname_unix", 18, 53, false },
	};
	for (size_t i = 0; libbpf_major_version() == 1 && libbpf_minor_version() < 4 &&
			   i < sizeof sections / sizeof *sections; i++) {
		const struct section *s = &sections[i];
		LIBBPF_OPTS(libbpf_prog_handler_opts, opts, .cookie = s->sleepable, .prog_setup_fn = set_sleepable);
		libbpf_register_prog_handler(s->name, s->type, s->attach, &opts);
	}
}

/* A program type for sections with names from before libbpf 1.0. */
static int usual_type(const char *section)
{
	static const struct { const char *prefix; int type; } usual[] = {
		{ "xdp", 6 }, { "tc", 3 }, { "classifier", 3 }, { "cls", 3 }, { "action", 3 }, { "socket", 1 }, { "filter", 1 },
	};
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		if (!strncmp(section, usual[i].prefix, strlen(usual[i].prefix)))
			return usual[i].type;
	return 0;
}

/* The inner ring buffer of a map of maps, which libbpf does not let anybody size: another in its place. */
static void size_inner(struct bpf_map *map, struct bpf_map *inner)
{
	int type = bpf_map__type(inner);
	if ((type != 27 && type != 31) || bpf_map__max_entries(inner))
		return;
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = bpf_map__map_flags(inner));
	bpf_map__set_inner_map_fd(map, bpf_map_create(type, "inner", 0, 0, 4096, &opts));
}

/* Maps that user space would size before it loads get the least size; huge ones shrink. */
static void size_map(struct bpf_map *map)
{
	int type = bpf_map__type(map);
	bpf_map__set_pin_path(map, NULL);
	bool unsized = type == 19 || type == 21 || type == 24 || type == 28 || type == 29 || type == 32 || type == 26 || type == 4;
	if (!unsized && !bpf_map__max_entries(map))
		bpf_map__set_max_entries(map, type == 27 || type == 31 ? 4096 : 1);
	if (type == 7 && !bpf_map__value_size(map))
		bpf_map__set_value_size(map, 127 * 8);
	if (type == 27 || type == 31) {
		bpf_map__set_key_size(map, 0);
		bpf_map__set_value_size(map, 0);
	}
	if (type == 33 && !bpf_map__map_extra(map))
		bpf_map__set_map_extra(map, (uint64_t)1 << 44);
	uint64_t each = (uint64_t)bpf_map__value_size(map) + bpf_map__key_size(map) + 64;
	bool table = type == 1 || type == 2 || type == 5 || type == 6 || type == 9 || type == 10;
	if (table && each * bpf_map__max_entries(map) > 256u << 20)
		bpf_map__set_max_entries(map, 1024);
	if ((type == 12 || type == 13) && bpf_map__inner_map(map))
		size_inner(map, bpf_map__inner_map(map));
	else if (type == 12 || type == 13)
		bpf_map__set_inner_map_fd(map, bpf_map_create(BPF_MAP_TYPE_ARRAY, "inner", 4, 65536, 1, NULL));
}

/* Of the tables of callbacks only that of the program is made, and only with it in it. */
static void isolate(struct bpf_object *object, struct bpf_program *prog)
{
	struct bpf_map *map;
	bpf_object__for_each_map(map, object) {
		size_t size = 0;
		bool mine = false;
		if (bpf_map__type(map) != BPF_MAP_TYPE_STRUCT_OPS)
			continue;
		void **slots = (void **)bpf_map__initial_value(map, &size);
		for (size_t i = 0; slots && i < size / sizeof *slots; i++)
			mine |= slots[i] == prog;
		struct bpf_program *other;
		for (size_t i = 0; mine && i < size / sizeof *slots; i++)
			bpf_object__for_each_program(other, object)
				if (other != prog && slots[i] == other)
					slots[i] = NULL;
		bpf_map__set_autocreate(map, mine);
	}
}

static struct bpf_object *open_object(const char *file)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .relaxed_maps = true);
	return bpf_object__open_file(file, &opts);
}

static void answer(const char *stage, int error, int type, int attach, unsigned flags, const char *log)
{
	printf("%s\t%d\t%d\t%d\t%u\t%zu\t%zu\n", stage, error, type, attach, flags, strlen(words), strlen(log));
	fputs(words, stdout);
	fputs(log, stdout);
	fflush(stdout);
}

static void list_programs(const char *file)
{
	struct bpf_object *object = open_object(file);
	if (!object) {
		answer("open", errno, 0, 0, 0, "");
		return;
	}
	static char names[1 << 20];
	struct bpf_program *prog;
	bpf_object__for_each_program(prog, object)
		if (strlen(names) + 1024 < sizeof names)
			sprintf(names + strlen(names), "%.400s\t%.400s\n", bpf_program__name(prog),
				bpf_program__section_name(prog));
	answer("ok", 0, 0, 0, 0, names);
}

static bool listed(const char *names, const char *name)
{
	size_t length = strlen(name);
	for (const char *at = names; (at = strstr(at, name)); at += length)
		if ((at == names || at[-1] == ',') && (at[length] == ',' || !at[length]))
			return true;
	return false;
}

static void load(char **field)
{
	unsigned level = strtoul(field[0], NULL, 10);
	size_t size = strtoul(field[1], NULL, 10);
	struct bpf_object *object = open_object(field[4]);
	struct bpf_program *prog, *wanted = NULL;
	struct bpf_map *map;
	if (!object) {
		answer("open", errno, 0, 0, 0, "");
		return;
	}
	bpf_object__for_each_program(prog, object) {
		bool it = !wanted && !strcmp(bpf_program__name(prog), field[5]);
		if (!bpf_program__type(prog))
			bpf_program__set_type(prog, usual_type(bpf_program__section_name(prog)));
		bpf_program__set_autoload(prog, it || listed(field[6], bpf_program__name(prog)));
		if (it)
			wanted = prog;
	}
	if (!wanted) {
		answer("open", ENOENT, 0, 0, 0, "");
		return;
	}
	bpf_object__for_each_map(map, object)
		size_map(map);
	isolate(object, wanted);
	char *log = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	bpf_program__set_log_buf(wanted, log, size);
	bpf_program__set_log_level(wanted, level);
	unsigned flags = bpf_program__flags(wanted) | strtoul(field[2], NULL, 10);
	bpf_program__set_flags(wanted, flags & ~strtoul(field[3], NULL, 10));
	int failed = bpf_object__load(object);
	int error = failed < 0 ? -failed : 0;
	/* A table of programs cannot be filled with those left out: that is after the verdict. */
	bool verified = !error || (*log && !prog_failed);
	answer(verified ? "ok" : prog_failed ? "prog" : "load", verified ? 0 : error,
	       bpf_program__type(wanted), bpf_program__expected_attach_type(wanted), bpf_program__flags(wanted), log);
}

int main(void)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
	setrlimit(RLIMIT_MEMLOCK, &all);
	libbpf_set_print(listen_to);
	add_sections();
	while ((length = getline(&line, &room, stdin)) > 0) {
		char *field[7] = { NULL };
		char *rest = line;
		line[length - 1] = 0;
		int n = 0;
		while (n < 7 && rest)
			field[n++] = strsep(&rest, "\t");
		if (n < 7)
			return 2;
		pid_t child = fork();
		if (child == 0) {
			alarm(300);
			if (*field[5])
				load(field);
			else
				list_programs(field[4]);
			_exit(0);
		}
		int status = 0;
		while (waitpid(child, &status, 0) < 0 && errno == EINTR)
			;
		if (WIFSIGNALED(status))
			answer("crash", WTERMSIG(status), 0, 0, 0, "");
	}
	return 0;
}
