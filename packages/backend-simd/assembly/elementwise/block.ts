/** Elements of one task of an elementwise kernel. */
@inline
export const BLOCK: i32 = 4096;
