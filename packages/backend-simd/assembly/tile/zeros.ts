/** 64 bytes of zeros: what a tile starts from where there is neither a bias nor a partial sum. */
export const zeros: usize = memory.data(64, 16);
