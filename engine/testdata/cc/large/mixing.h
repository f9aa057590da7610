// Hashes of fixed inputs for tables and cookies.
#ifndef MIXING_H
#define MIXING_H
#include <linux/types.h>

static __always_inline __u32 rotate32(__u32 word, int by)
{
	return word << by | word >> (32 - by);
}

static __always_inline __u64 rotate64(__u64 word, int by)
{
	return word << by | word >> (64 - by);
}

/* The finishing steps of murmur3. */
static __always_inline __u32 finish32(__u32 h)
{
	h ^= h >> 16;
	h *= 0x85ebca6b;
	h ^= h >> 13;
	h *= 0xc2b2ae35;
	h ^= h >> 16;
	return h;
}

static __always_inline __u32 mix_word(__u32 h, __u32 word)
{
	word *= 0xcc9e2d51;
	word = rotate32(word, 15);
	word *= 0x1b873593;
	h ^= word;
	h = rotate32(h, 13);
	return h * 5 + 0xe6546b64;
}

static __always_inline __u32 mix_words(const __u32 *words, int count, __u32 seed)
{
	__u32 h = seed;

#pragma unroll
	for (int i = 0; i < count; i++)
		h = mix_word(h, words[i]);
	return finish32(h ^ count * 4);
}

#define SIP_ROUND(a, b, c, d)           \
	do {                            \
		a += b;                 \
		b = rotate64(b, 13);    \
		b ^= a;                 \
		a = rotate64(a, 32);    \
		c += d;                 \
		d = rotate64(d, 16);    \
		d ^= c;                 \
		a += d;                 \
		d = rotate64(d, 21);    \
		d ^= a;                 \
		c += b;                 \
		b = rotate64(b, 17);    \
		b ^= c;                 \
		c = rotate64(c, 32);    \
	} while (0)

struct sip_key {
	__u64 low, high;
};

/* SipHash-2-4 of whole 64-bit words. */
static __always_inline __u64 sip_words(const __u64 *words, int count, const struct sip_key *key)
{
	__u64 a = key->low ^ 0x736f6d6570736575ull;
	__u64 b = key->high ^ 0x646f72616e646f6dull;
	__u64 c = key->low ^ 0x6c7967656e657261ull;
	__u64 d = key->high ^ 0x7465646279746573ull;

#pragma unroll
	for (int i = 0; i < count; i++) {
		d ^= words[i];
		SIP_ROUND(a, b, c, d);
		SIP_ROUND(a, b, c, d);
		a ^= words[i];
	}
	d ^= (__u64)count << 59;
	SIP_ROUND(a, b, c, d);
	SIP_ROUND(a, b, c, d);
	a ^= (__u64)count << 59;
	c ^= 0xff;
#pragma unroll
	for (int i = 0; i < 4; i++)
		SIP_ROUND(a, b, c, d);
	return a ^ b ^ c ^ d;
}
#endif
