export { type LinkInput, linkObjects } from "./link.ts";
