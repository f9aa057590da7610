// There is nobody to tell of a failed assertion: the condition is evaluated, no more.
#undef assert
#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#define assert(condition) ((void)(condition))
#endif

#ifndef _ASSERT_H
#define _ASSERT_H

#define static_assert _Static_assert

#endif
