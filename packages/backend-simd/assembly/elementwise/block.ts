/** Elements of one task of an elementwise kernel. */
// @ts-ignore: decorator
@inline
export const BLOCK: i32 = 4096;
