// The registers that a perf event program sees.
#ifndef _ASM_BPF_PERF_EVENT_H
#define _ASM_BPF_PERF_EVENT_H
#include <linux/types.h>
#include <asm/ptrace.h>

typedef struct pt_regs bpf_user_pt_regs_t;

#endif
