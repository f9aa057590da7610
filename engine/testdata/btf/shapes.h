#ifndef __VMLINUX_H__
#define __VMLINUX_H__

#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
#pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
#endif

struct loop {
	struct loop *next;
	int (*call)(struct loop *, ...);
};

typedef struct loop loop_t;

struct later;

union either {
	int i;
	struct later *l;
};

struct later {
	loop_t loops[2][3];
	union either either;
	struct {
		char c;
		short s: 5;
		long long wide: 40;
	};
	enum {
		ONE = 1,
		TWO = 2,
	} number;
	volatile const char * const *names;
};

struct packed {
	char c;
	long l;
} __attribute__((packed));

struct hole {
	char c;
	long: 64;
	long: 64;
	long: 64;
	long: 64;
	long: 64;
	long: 64;
	long: 64;
	int after;
	long: 64;
	long: 64;
	long: 64;
	long: 64;
	long: 64;
	long: 64;
	long: 64;
};

enum unsigned_big {
	ZERO = 0ULL,
	HUGE = 18446744073709551615ULL,
};

struct empty;

typedef int (* (*maker)(struct empty, float))[4];

struct empty {};

typedef void plain(void);

enum big {
	SMALL = -1LL,
	LARGE = 9223372036854775807LL,
};

typedef enum big big_t;

struct same {
	int a;
};

struct tagged {
	int __attribute__((btf_type_tag("user"))) *user;
	double d;
	_Bool b;
	long: 64;
	__int128 i;
};

#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
#pragma clang attribute pop
#endif

#endif /* __VMLINUX_H__ */
