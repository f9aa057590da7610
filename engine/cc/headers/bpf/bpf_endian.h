// Conversions between the machine's byte order and the network's, of constants and of values alike.
#ifndef __BPF_ENDIAN__
#define __BPF_ENDIAN__

#define ___bpf_swab16(x) __builtin_bswap16(x)
#define ___bpf_swab32(x) __builtin_bswap32(x)
#define ___bpf_swab64(x) __builtin_bswap64(x)

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define __bpf_net16(x) ___bpf_swab16(x)
#define __bpf_net32(x) ___bpf_swab32(x)
#define __bpf_net64(x) ___bpf_swab64(x)
#else
#define __bpf_net16(x) (x)
#define __bpf_net32(x) (x)
#define __bpf_net64(x) (x)
#endif

#define bpf_htons(x) __bpf_net16(x)
#define __bpf_htons(x) __bpf_net16(x)
#define __bpf_constant_htons(x) __bpf_net16(x)
#define bpf_ntohs(x) __bpf_net16(x)
#define __bpf_ntohs(x) __bpf_net16(x)
#define __bpf_constant_ntohs(x) __bpf_net16(x)
#define bpf_htonl(x) __bpf_net32(x)
#define __bpf_htonl(x) __bpf_net32(x)
#define __bpf_constant_htonl(x) __bpf_net32(x)
#define bpf_ntohl(x) __bpf_net32(x)
#define __bpf_ntohl(x) __bpf_net32(x)
#define __bpf_constant_ntohl(x) __bpf_net32(x)
#define bpf_cpu_to_be64(x) __bpf_net64(x)
#define __bpf_cpu_to_be64(x) __bpf_net64(x)
#define __bpf_constant_cpu_to_be64(x) __bpf_net64(x)
#define bpf_be64_to_cpu(x) __bpf_net64(x)
#define __bpf_be64_to_cpu(x) __bpf_net64(x)
#define __bpf_constant_be64_to_cpu(x) __bpf_net64(x)

#endif
