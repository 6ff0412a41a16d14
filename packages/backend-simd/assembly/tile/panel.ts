// Weights are packed in panels of 16, 8 or 4 columns: [panel][row][column], zeros behind the last column. All panels
// are 16 wide but the last one or two, so the panel that starts at column s begins `s * rows` floats in.

/** Width of the panel that starts `remaining` columns before the end. */
@inline
export function panelWidth(remaining: i32): i32 {
  return remaining > 12 ? 16 : remaining > 4 ? 8 : 4;
}
