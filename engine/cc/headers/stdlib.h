// Nothing of C11 7.22 works in an eBPF program; programs include it out of habit.
#ifndef _STDLIB_H
#define _STDLIB_H

#ifndef NULL
#define NULL ((void *)0)
#endif

typedef __SIZE_TYPE__ size_t;
#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1

#endif
