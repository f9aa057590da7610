// Property tests try the same cases each time, so that a red run is one that a change made red. SEED=random, or a number, tries others.
import fc from "fast-check";

const fixed = 618;
const wanted = process.env.SEED;
const seed = wanted === "random" ? (Math.random() * 2 ** 31) | 0 : Number(wanted ?? fixed);
fc.configureGlobal({ seed });
