// The simulated clock: nanoseconds since boot, moved by the scenario and a little by each reading, never by the host.

/** Each reading takes this long, so that two readings differ. */
const READING = 40;
/** Boot happened at this time of day (2025-01-01 00:00:00 UTC), in nanoseconds since 1970. */
const BOOT_TIME = 1_735_689_600_000_000_000;
/** International atomic time is ahead of UTC by this much. */
const TAI_OFFSET = 37_000_000_000;
/** CONFIG_HZ = 1000: one tick a millisecond; jiffies start five minutes before they wrap in 32 bits. */
const TICK = 1_000_000;
const FIRST_JIFFY = 2 ** 32 - 300_000;

export class Clock {
	/** Nanoseconds since boot, below 2^53. */
	now: number;

	constructor(now: number) {
		this.now = now;
	}

	/** Reads the clock, which takes time. */
	read(): number {
		this.now += READING;
		return this.now;
	}

	/** The time of the last tick. */
	coarse(): number {
		return Math.floor(this.now / TICK) * TICK;
	}

	/** Nanoseconds since 1970 in atomic time; not exact beyond microseconds. */
	tai(): number {
		return BOOT_TIME + TAI_OFFSET + this.read();
	}

	jiffies(): number {
		return FIRST_JIFFY + Math.floor(this.now / TICK);
	}
}
