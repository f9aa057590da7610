// Times as the system calls take them.
#ifndef _TIME_H
#define _TIME_H
#include <linux/time.h>

#ifndef NULL
#define NULL ((void *)0)
#endif

typedef __SIZE_TYPE__ size_t;
typedef long time_t;
typedef int clockid_t;

#endif
