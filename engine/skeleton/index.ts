export { headerName, skeletonHeader } from "./header.ts";
export { readSkeleton, type Skeleton } from "./model.ts";
export { skeletonModule } from "./module.ts";
