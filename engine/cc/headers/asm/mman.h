// Flags of memory mappings of x86-64.
#ifndef _ASM_MMAN_H
#define _ASM_MMAN_H
#include <asm-generic/mman.h>

#define MAP_32BIT 0x40

#endif
