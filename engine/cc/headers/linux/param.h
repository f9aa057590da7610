// System parameters.
#ifndef _LINUX_PARAM_H
#define _LINUX_PARAM_H
#include <asm/param.h>

#endif
