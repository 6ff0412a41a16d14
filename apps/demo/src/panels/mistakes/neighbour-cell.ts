/** A cell of a square table. */
type Cell = readonly [row: number, column: number];

/** The cell that a key leads to from another; null for a key that leads nowhere. It stays within `side` × `side`. */
export function neighbourCell([row, column]: Cell, key: string, side: number): Cell | null {
  const last = side - 1;
  switch (key) {
    case 'ArrowLeft':
      return [row, Math.max(0, column - 1)];
    case 'ArrowRight':
      return [row, Math.min(last, column + 1)];
    case 'ArrowUp':
      return [Math.max(0, row - 1), column];
    case 'ArrowDown':
      return [Math.min(last, row + 1), column];
    case 'Home':
      return [row, 0];
    case 'End':
      return [row, last];
    default:
      return null;
  }
}
