#include <bpf/bpf_helpers.h>
#include <bpf/bpf_legacy.h>
