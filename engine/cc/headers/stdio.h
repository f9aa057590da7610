// Nothing of C11 7.21 works in an eBPF program; programs include it out of habit.
#ifndef _STDIO_H
#define _STDIO_H

#ifndef NULL
#define NULL ((void *)0)
#endif

typedef __SIZE_TYPE__ size_t;
#define EOF (-1)
#define BUFSIZ 8192

#endif
