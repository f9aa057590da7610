// Puts bpf(2) calls to the running kernel for the differential tests: one request frame on stdin, one answer on stdout.
// It loads, test-runs and fills maps; commands that attach or pin are refused. All knowledge of layouts is in linux.ts.
//
//   request  u32 length, u32 cmd, u32 timeout_ms, u32 attr_size, u32 buffers, attr bytes, then per buffer:
//            u32 offset in attr of its pointer, u32 size, u32 echo (0 none, 1 whole, 2 up to the first NUL), u32 given,
//            then `given` bytes of content (the rest is zero)
//   answer   u32 length, s32 result, s32 errno, attr bytes, then per echoed buffer: u32 size, bytes
//
// cmd 0xffff closes the file descriptor in the first four bytes of attr; 0xfffe pins this process to that CPU.

#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#define MAX_BUFFERS 16
#define MAX_ATTR 256

struct buffer {
	uint32_t offset, size, echo, given;
	unsigned char *bytes;
};

// MAP_CREATE, element operations, PROG_LOAD, TEST_RUN, GET_NEXT_ID, OBJ_GET_INFO_BY_FD, BTF_LOAD, BTF_GET_FD_BY_ID,
// MAP_LOOKUP_AND_DELETE_ELEM, MAP_FREEZE, BTF_GET_NEXT_ID and the batch operations.
static const uint32_t allowed = 1u << 0 | 1u << 1 | 1u << 2 | 1u << 3 | 1u << 4 | 1u << 5 | 1u << 10 | 1u << 15 |
				1u << 18 | 1u << 19 | 1u << 21 | 1u << 22 | 1u << 23 | 1u << 24 | 1u << 25 | 1u << 26 |
				1u << 27;

static void on_alarm(int signal)
{
	(void)signal;
}

static int read_all(void *to, size_t n)
{
	return fread(to, 1, n, stdin) == n;
}

static uint32_t read_u32(void)
{
	uint32_t v;

	if (!read_all(&v, sizeof(v)))
		exit(0);
	return v;
}

static void set_timer(uint32_t ms)
{
	struct itimerval t = { { 0, 100000 }, { ms / 1000, ms % 1000 * 1000 } };

	if (!ms)
		memset(&t, 0, sizeof(t));
	setitimer(ITIMER_REAL, &t, NULL);
}

static long call(uint32_t cmd, unsigned char *attr, uint32_t size)
{
	int first;

	memcpy(&first, attr, sizeof(first));
	if (cmd == 0xffff)
		return close(first);
	if (cmd == 0xfffe) {
		cpu_set_t set;

		CPU_ZERO(&set);
		CPU_SET(first, &set);
		return sched_setaffinity(0, sizeof(set), &set);
	}
	if (cmd > 31 || !(allowed >> cmd & 1)) {
		errno = ENOSYS;
		return -1;
	}
	return syscall(SYS_bpf, cmd, attr, size);
}

int main(void)
{
	struct sigaction action = { .sa_handler = on_alarm };

	sigaction(SIGALRM, &action, NULL);
	for (;;) {
		unsigned char attr[MAX_ATTR] = { 0 };
		struct buffer buffers[MAX_BUFFERS];
		uint32_t cmd, timeout, size, count, total = 8, i;
		int32_t result, error;

		read_u32();
		cmd = read_u32();
		timeout = read_u32();
		size = read_u32();
		count = read_u32();
		if (size > MAX_ATTR || count > MAX_BUFFERS || !read_all(attr, size))
			return 1;
		for (i = 0; i < count; i++) {
			struct buffer *b = &buffers[i];
			uint64_t pointer;

			b->offset = read_u32();
			b->size = read_u32();
			b->echo = read_u32();
			b->given = read_u32();
			b->bytes = calloc(1, (size_t)b->size + 1);
			if (!b->bytes || b->given > b->size || b->offset > MAX_ATTR - 8 || !read_all(b->bytes, b->given))
				return 1;
			pointer = (uintptr_t)b->bytes;
			memcpy(attr + b->offset, &pointer, sizeof(pointer));
		}
		set_timer(timeout);
		errno = 0;
		result = (int32_t)call(cmd, attr, size);
		error = result < 0 ? errno : 0;
		set_timer(0);
		total += size;
		for (i = 0; i < count; i++) {
			if (buffers[i].echo == 2)
				buffers[i].size = strnlen((char *)buffers[i].bytes, buffers[i].size);
			if (buffers[i].echo)
				total += 4 + buffers[i].size;
		}
		fwrite(&total, 4, 1, stdout);
		fwrite(&result, 4, 1, stdout);
		fwrite(&error, 4, 1, stdout);
		fwrite(attr, 1, size, stdout);
		for (i = 0; i < count; i++) {
			if (buffers[i].echo) {
				fwrite(&buffers[i].size, 4, 1, stdout);
				fwrite(buffers[i].bytes, 1, buffers[i].size, stdout);
			}
			free(buffers[i].bytes);
		}
		fflush(stdout);
	}
}
