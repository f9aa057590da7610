// Variable arguments: the names of C11 7.16. eBPF functions have a fixed number of arguments; using these is an error of the compiler.
#ifndef __STDARG_H
#define __STDARG_H

typedef __builtin_va_list va_list;
#define va_start(list, last) __builtin_va_start(list, last)
#define va_end(list) __builtin_va_end(list)
#define va_arg(list, type) __builtin_va_arg(list, type)
#define va_copy(to, from) __builtin_va_copy(to, from)

#endif
