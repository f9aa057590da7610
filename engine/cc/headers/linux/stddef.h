// What the kernel's headers use to declare members.
#ifndef _LINUX_STDDEF_H
#define _LINUX_STDDEF_H

#ifndef __always_inline
#define __always_inline inline __attribute__((always_inline))
#endif
#define __struct_group(tag, name, attributes, members...) \
	union { \
		struct { members } attributes; \
		struct tag { members } attributes name; \
	} attributes
#define __DECLARE_FLEX_ARRAY(type, name) \
	struct { \
		struct { } __empty_##name; \
		type name[]; \
	}
#ifndef __counted_by
#define __counted_by(member)
#define __counted_by_le(member)
#define __counted_by_be(member)
#endif

#endif
